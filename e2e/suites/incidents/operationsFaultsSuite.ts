import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ObjectiveRecord } from '@day2/backstage-plugin-day2-common';
import { everything } from '../everything';
import { serviceParams, until } from '../../support';
import { metricsPanel } from '../objectives/namedMetricsSuite';
import { onPage } from '../onPage';
import type { GetContext } from '../TestContext';
import { operationsFaults } from './operationsFaults';

/** How each tool fails, and the words for it. */
const failures = [
  { tool: 'pagerduty', mode: 'none', code: 'unreachable', words: /./ },
  { tool: 'pagerduty', mode: '401', code: 'credential-refused', words: /401/ },
  { tool: 'pagerduty', mode: '500', code: 'unreachable', words: /500/ },
  { tool: 'alertmanager', mode: 'none', code: 'unreachable', words: /./ },
] as const;

/** Tools that go away and come back: what is known stays, and nothing turns green for it. */
export function operationsFaultsSuite(context: GetContext): void {
  const { during } = operationsFaults(context);

  async function objectives(): Promise<ObjectiveRecord[]> {
    const chen = await context().api('chen');
    const all = await chen.all('listObjectives', { query: {} });
    return all.filter(({ state }) => state !== 'invalid');
  }

  async function resolved(): Promise<string[]> {
    const chen = await context().api('chen');
    const all = await chen.all('listIncidents', {
      query: { ...everything, state: 'resolved' },
    });
    // What ends meanwhile is more than there was.
    return all
      .filter(({ startedAt }) => startedAt < context().truth.end)
      .map(({ id, suspect, title }) => `${id} ${title} ${suspect?.state}`)
      .sort();
  }

  describe('tools that fail', () => {
    for (const { tool, mode, code, words } of failures) {
      test(`${tool} that answers “${mode}” is said so, what is known stays, and it recovers`, async () => {
        const before = await resolved();
        await during({ tool, mode, code }, async ({ error, failingSince }) => {
          assert.match(String(error?.text), words);
          assert.ok(failingSince);
          assert.deepEqual(await resolved(), before);
          const chen = await context().api('chen');
          const { sources } = await chen.call('listIncidents', { query: {} });
          assert.ok(
            sources?.problems.some(({ source }) => source === `${tool}:tern`),
            'the list says that something may be missing',
          );
        });
        const chen = await context().api('chen');
        const { sources } = await chen.call('listIncidents', { query: {} });
        assert.deepEqual(sources?.problems, []);
        assert.deepEqual(await resolved(), before);
      });
    }

    // That they become unknown takes a slot and more, and is tested by a clock of
    // its own in the hub.
    test('Prometheus that is off is said so, no objective gets better for it, and it recovers', async () => {
      const before = await objectives();
      await during(
        { tool: 'prometheus', mode: 'none', code: 'unreachable' },
        async ({ failingSince }) => {
          assert.ok(failingSince);
          for (const each of await objectives()) {
            const known = before.find(({ id }) => id === each.id)!;
            assert.ok(
              each.state === known.state || each.state === 'unknown',
              `${each.name}: ${known.state} became ${each.state}`,
            );
            assert.equal(each.remaining.value, known.remaining.value);
          }
          await onPage(
            context(),
            { name: 'objectives-off', as: 'Ana', path: '/day2/objectives' },
            async page => {
              const list = page
                .getByRole('region', { name: 'Objectives', exact: true })
                .first();
              await list.getByText('payments-api').first().waitFor();
              // Grey all of it, as any row may be older than it looks.
              assert.equal(await list.getAttribute('data-stale'), 'true');
            },
          );
          // Rules of alerts are read once a minute: then it is known.
          const ana = await context().api('ana');
          await until({
            what: 'the alerts to be of before',
            ask: () =>
              ana.call('getServiceMetrics', {
                params: serviceParams('payments-api'),
                query: {},
              }),
            accept: ({ alerts }) => alerts?.stale !== undefined,
            ms: 120_000,
          });
          await onPage(
            context(),
            {
              name: 'named-metrics-off',
              as: 'Ana',
              path: '/catalog/default/component/payments-api/day2?section=objectives',
            },
            async page => {
              const panel = metricsPanel(page);
              const alerts = panel.getByRole('table', { name: 'Alerts' });
              await alerts.getByText('Was: Inactive').first().waitFor();
              assert.equal(await alerts.getByText(/^Inactive$/).count(), 0);
              await panel.getByText('Source not reachable').waitFor();
              // A graph that somebody was shown just before holds for a minute.
              const undrawn = panel.getByText('This graph could not be drawn');
              await undrawn.nth(1).waitFor({ timeout: 120_000 });
              assert.equal(await undrawn.count(), 2);
              assert.equal(await panel.getByRole('img').count(), 0);
            },
          );
        },
      );
    });
  });
}
