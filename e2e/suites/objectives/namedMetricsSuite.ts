import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { serviceParams, until } from '../../support';
import { onPage } from '../onPage';
import { readCells } from '../readCells';
import { readRows } from '../readRows';
import type { GetContext, TestContext } from '../TestContext';

/** What the catalog names of payments-api: a graph by status code. */
const query =
  'sum by (code) (rate(http_requests_total{service="payments-api"}[5m]))';
const rules = ['TooManyErrors', 'ErrorBudgetBurn'];

/** Of what Prometheus answers, what is compared. */
interface Rules {
  groups: {
    rules: { name: string; state: string; labels: Record<string, string> }[];
  }[];
}
interface Vector {
  result: { metric: Record<string, string>; value: [number, string] }[];
}

/** The panel of alerts and graphs that annotations name. */
export function metricsPanel(page: Page) {
  return page.getByRole('region', { name: 'Alerts and graphs', exact: true });
}

/** Waits until an alert that a service names fires, and reads so on its page. */
export async function namedAlertFires(
  context: TestContext,
  options: { service: string; alert: string },
): Promise<void> {
  const { alert, service } = options;
  const ana = await context.api('ana');
  await until({
    what: `${alert} of ${service} to fire`,
    ask: () =>
      ana.call('getServiceMetrics', {
        params: serviceParams(service),
        query: {},
      }),
    accept: ({ alerts }) =>
      alerts?.items.some(
        ({ name, state }) => name === alert && state === 'firing',
      ) ?? false,
    ms: 360_000,
  });
  await onPage(
    context,
    {
      name: 'named-alert-fires',
      as: 'Ana',
      path: `/catalog/default/component/${service}/day2?section=objectives`,
    },
    async page => {
      const row = metricsPanel(page)
        .getByRole('table', { name: 'Alerts' })
        .getByRole('row')
        .filter({ hasText: alert });
      await row.getByText('Firing', { exact: true }).waitFor();
      await row.getByText(/of the requests fail/).waitFor();
    },
  );
}

/** Alerts and graphs on the page, held to what Prometheus itself answers. */
export function namedMetricsSuite(context: GetContext): void {
  async function read<T>(
    url: string,
    path: string,
    params: Record<string, string>,
  ): Promise<T> {
    const asked = `${url}/api/v1/${path}?${new URLSearchParams(params)}`;
    const { data } = (await (await fetch(asked)).json()) as { data: T };
    return data;
  }

  describe('alerts and graphs that annotations name', () => {
    test('are those of the service alone, in the state and with the values that Prometheus has', async () => {
      const ana = await context().api('ana');
      // Its rules are read once a minute, not while the page loads; until
      // Prometheus has evaluated them once it does not know their state.
      const { source } = await until({
        what: 'the rules of alerts to be evaluated and read',
        ask: () =>
          ana.call('getServiceMetrics', {
            params: serviceParams('payments-api'),
            query: {},
          }),
        accept: ({ alerts }) =>
          (alerts?.items.length ?? 0) > 0 &&
          alerts!.items.every(({ state }) => state !== 'unknown'),
        ms: 180_000,
      });
      const url = source!.url!;
      await onPage(
        context(),
        {
          name: 'named-metrics',
          as: 'Ana',
          path: '/catalog/default/component/payments-api/day2?section=objectives',
        },
        async page => {
          const panel = metricsPanel(page);
          await panel
            .getByRole('link', { name: /^Open Prometheus tern/ })
            .waitFor();
          const shown = await readCells(
            panel.getByRole('table', { name: 'Alerts' }),
          );
          const { groups } = await read<Rules>(url, 'rules', {
            type: 'alert',
          });
          const states: Record<string, string> = {
            firing: 'Firing',
            pending: 'Pending',
            inactive: 'Inactive',
          };
          assert.deepEqual(
            shown.map(row => `${row.Alert} ${row.State}`).sort(),
            groups
              .flatMap(group => group.rules)
              .filter(
                ({ labels, name }) =>
                  rules.includes(name) && labels.service === 'payments-api',
              )
              .map(({ name, state }) => `${name} ${states[state]}`)
              .sort(),
          );
          await panel.getByRole('img', { name: /^sum by \(code\)/ }).waitFor();
          await panel
            .getByText('The same as a table', { exact: true })
            .first()
            .click();
          const values = await readRows(
            panel.getByRole('table', { name: `Values of ${query}` }),
          );
          const [{ at }] = values;
          const { result } = await read<Vector>(url, 'query', {
            query,
            time: `${Date.parse(at) / 1000}`,
          });
          const line = (code: string, value: number) =>
            `${code} ${value.toPrecision(2)}`;
          assert.deepEqual(
            values
              .filter(row => row.at === at)
              .map(({ words }) => words.split(' ').slice(-2))
              .map(([code, value]) => line(code, Number(value)))
              .sort(),
            result
              .map(({ metric, value }) => line(metric.code, Number(value[1])))
              .sort(),
          );
          assert.equal(result.length, 2, 'answered and failed');
        },
      );
    });
  });
}
