import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { until } from '../../support';
import type { GetContext } from '../TestContext';

/** What tells of objectives and incidents. */
const telling = [
  'alertmanager:tern',
  'openslo:catalog',
  'pagerduty:tern',
  'prometheus:tern',
];

/** The sources of operations start with the portal, and come to be fine. */
export function operationsSourcesSuite(context: GetContext): void {
  describe('the sources of objectives and incidents', () => {
    test('are all there and fine', async () => {
      const dana = await context().api('dana');
      const sources = await until({
        what: 'the sources to be fine',
        ask: async () => {
          const { items } = await dana.call('listSources', {});
          return items
            .filter(({ id }) => telling.includes(id))
            .map(({ id, state, error }) => ({ id, state, error: error?.text }));
        },
        accept: items =>
          items.length === telling.length &&
          items.every(({ state, error }) => state === 'ok' && !error),
        ms: 60_000,
      });
      assert.deepEqual(sources.map(({ id }) => id).sort(), telling);
    });

    test('take deliveries where their tools send them', async () => {
      const dana = await context().api('dana');
      const { items } = await dana.call('listSources', {});
      for (const id of ['alertmanager:tern', 'pagerduty:tern']) {
        const source = items.find(each => each.id === id);
        assert.equal(source?.webhook?.path, `/api/day2/webhooks/${id}`);
      }
    });
  });
}
