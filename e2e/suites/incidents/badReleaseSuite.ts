import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { OutageTruth } from '@day2/sandbox';
import { readTruth, serviceParams, until } from '../../support';
import { everything } from '../everything';
import { namedAlertFires } from '../objectives/namedMetricsSuite';
import { onPage } from '../onPage';
import type { GetContext } from '../TestContext';

/** Of Ana's team, and busy enough for an alert at any hour. */
const services = ['payments-api', 'ledger'];
/**
 * Long enough for both tools to notice, and too short for the alert of an hour's
 * budget, which would hold for five minutes more.
 */
const rollbackSeconds = 40;

/**
 * A release goes bad now and is rolled back, as the portal tells of it: `begins`
 * orders it, `shows` waits until it is suspected, `ends` until its objective burnt
 * and all is over. What comes between need not wait for the minutes of a slot.
 */
export function badRelease(context: GetContext) {
  let ordered: string | undefined;
  let fired: Promise<void> | undefined;
  let service = services[0];
  const tab = () => `/catalog/default/component/${service}/day2`;

  /** One that has no outage already. */
  async function freeService(): Promise<string> {
    const { outages } = await readTruth(context().world);
    const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
    const free = services.find(name =>
      outages.every(
        each =>
          each.service !== name ||
          (each.resolvedAt !== undefined && each.resolvedAt < hourAgo),
      ),
    );
    assert.ok(free, 'every service has an outage already');
    return free;
  }

  /** The outage that it is, as far as it has come. */
  async function outage(): Promise<OutageTruth> {
    const { outages } = await readTruth(context().world);
    const own = outages.find(
      each =>
        each.service === service &&
        each.kind === 'release' &&
        each.startedAt >= ordered!,
    );
    assert.ok(own, 'no outage yet');
    return own;
  }

  async function incident() {
    const ana = await context().api('ana');
    const { items } = await ana.call('listServiceIncidents', {
      params: serviceParams(service),
      query: everything,
    });
    const own = items.find(({ startedAt }) => startedAt >= ordered!);
    assert.ok(own, 'no incident yet');
    return await ana.call('getIncident', { params: { id: own.id } });
  }

  function begins(): void {
    describe('a bad release', () => {
      test('is ordered', async () => {
        service = await freeService();
        ordered = new Date().toISOString();
        const response = await fetch(
          `${context().world.sandbox?.url}/world/bad-releases`,
          {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ service, rollbackSeconds }),
          },
        );
        assert.equal(response.status, 202, await response.text());
        // It fires for a minute or two only, while other tests go on.
        fired = namedAlertFires(context(), { service, alert: 'TooManyErrors' });
        fired.catch(() => {});
      });
    });
  }

  function shows(): void {
    describe('the bad release, while it lasts', () => {
      test('becomes one incident, told by both tools, with the release as top suspect', async () => {
        const told = await until({
          what: 'the incident, told by both tools, and a suspect',
          ask: incident,
          accept: ({ incident: of }) =>
            new Set(of.references.map(({ tool }) => tool)).size === 2 &&
            of.suspect !== undefined,
          ms: 240_000,
        });
        const { cause } = await outage();
        const [top] = told.suspects;
        assert.ok(
          top.label.includes(cause!.version),
          `${top.label}, not ${cause!.version}`,
        );
        // Confirmed, once the rollback says so as well.
        assert.ok(['suspected', 'confirmed'].includes(top.state), top.state);
        assert.deepEqual(
          top.factors.filter(({ reason }) => !reason.text),
          [],
        );
        assert.notEqual(top.factors.length, 0);
        assert.deepEqual(
          told.incident.references.map(({ tool }) => tool).sort(),
          [...new Set(told.incident.references.map(({ tool }) => tool))].sort(),
          'one reference of each tool',
        );
      });

      test('fired the alert that an annotation names, as the service’s page said', async () => {
        await fired;
      });

      test('can be read on its pages', async () => {
        const { incident: of, suspects } = await incident();
        await onPage(
          context(),
          { name: 'incident-open', as: 'Ana', path: '/day2/incidents' },
          async page => {
            const link = page.getByRole('link', { name: of.title }).first();
            await link.waitFor();
            await link.click();
            await page
              .getByRole('heading', { name: 'What may have done it' })
              .waitFor();
            const row = page
              .getByRole('row')
              .filter({ hasText: suspects[0].label })
              .first();
            await row.getByText(/^(Suspected|Confirmed)$/).waitFor();
            await page
              .getByRole('heading', { name: 'What the tools say' })
              .waitFor();
          },
        );
      });
    });
  }

  function ends(): void {
    describe('the bad release, when it is over', () => {
      test('burnt its objective too fast', async () => {
        const ana = await context().api('ana');
        await until({
          what: 'the objective to burn',
          ask: async () => {
            const { items } = await ana.call('listServiceObjectives', {
              params: serviceParams(service),
              query: {},
            });
            return items.find(({ name }) => /availability/.test(name));
          },
          accept: of => {
            const [first] = of?.conditions ?? [];
            return (first?.short.burn ?? 0) > first?.factor;
          },
          ms: 480_000,
        });
      });

      test('ends with its rollback, with the instants of the truth', async () => {
        const { incident: of } = await until({
          what: 'the incident to be resolved',
          ask: incident,
          accept: told => told.incident.state === 'resolved',
          ms: 240_000,
        });
        const truth = await outage();
        const pagerduty = of.references.find(
          ({ tool }) => tool === 'pagerduty',
        );
        const second = (at?: string) => at?.slice(0, 19);
        assert.equal(second(pagerduty?.detectedAt), second(truth.detectedAt));
        assert.equal(second(pagerduty?.resolvedAt), second(truth.resolvedAt));
        const seconds = of.times.restore.value!;
        const took =
          (Date.parse(truth.mitigatedAt!) - Date.parse(truth.startedAt)) / 1000;
        assert.ok(
          Math.abs(seconds - took) <= 120,
          `restored after ${seconds} s, in truth ${took} s`,
        );
      });

      test('spent of the budget what was bad until its rollback took effect, and the rollback none', async () => {
        const { cause, mitigatedAt, startedAt } = await outage();
        const slot = 300_000;
        const ana = await context().api('ana');
        const { items } = await ana.call('listServiceObjectives', {
          params: serviceParams(service),
          query: {},
        });
        const { id } = items.find(({ name }) => /availability/.test(name))!;
        const from = new Date(Date.parse(startedAt) - 3_600_000).toISOString();
        const { chart, objective } = await until({
          what: 'the release to have spent some of the budget',
          ask: () =>
            ana.call('getObjective', { params: { id }, query: { from } }),
          accept: told =>
            Date.parse(told.chart?.points.at(-1)?.at ?? '') + slot >=
              Date.parse(mitigatedAt!) &&
            told.chart!.shares.some(({ version }) =>
              version.includes(cause!.version),
            ),
          ms: 480_000,
        });
        const { points, shares, used } = chart!;
        const share = shares.find(({ version }) =>
          version.includes(cause!.version),
        )!;
        assert.deepEqual(
          shares.filter(({ finishedAt }) => finishedAt > share.finishedAt),
          [],
        );
        const bad = points
          .filter(
            ({ at }) =>
              Date.parse(at) > Date.parse(startedAt) - slot &&
              Date.parse(at) < Date.parse(mitigatedAt!) + slot,
          )
          .reduce((sum, each) => sum + each.bad, 0);
        const blamed = share.spent * (objective.spent.value! / used!);
        // Pods are replaced after the rollback is applied: that is nobody's.
        assert.ok(
          blamed >= bad / 2 && blamed <= bad * 1.01,
          `${blamed} of ${bad} bad events`,
        );
      });

      test('can be read on its pages when it is over', async () => {
        const { incident: of } = await incident();
        await onPage(
          context(),
          {
            name: 'incident-over',
            as: 'Ana',
            path: `${tab()}?section=incidents&range=24h`,
          },
          async page => {
            await page.getByRole('link', { name: of.title }).first().waitFor();
          },
        );
        await onPage(
          context(),
          {
            name: 'objective-burnt',
            as: 'Ana',
            path: `${tab()}?section=objectives`,
          },
          async page => {
            for (const name of ['How fast the budget burns', 'What spent it']) {
              await page.getByRole('table', { name }).first().waitFor();
            }
          },
        );
      });
    });
  }

  return { begins, shows, ends };
}
