import { TestDatabases } from '@backstage/backend-test-utils';
import type { IncidentObservation } from '@day2/backstage-plugin-day2-node';
import { component, people } from '../__testUtils__/people';
import { sourceOf, startHub } from '../__testUtils__/startHub';
import { until } from '../__testUtils__/until';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const serviceId = 'pagerduty.com/service-id';
const began = Date.now() - 5 * 3_600_000;
const minute = (n: number) => began + n * 60_000;

const told = (options: {
  key: string;
  service: string;
  at: number;
  until?: number;
  severity: string;
  title: string;
}): IncidentObservation => ({
  kind: 'incident',
  key: options.key,
  version: 1,
  subject: {
    key: options.service,
    kind: 'incident-service',
    traits: { toolService: { tool: 'pagerduty', id: options.service } },
  },
  tool: 'pagerduty',
  nature: 'incident',
  title: options.title,
  words: [{ field: 'severity', word: options.severity }],
  detectedAt: minute(options.at),
  ...(options.until && { resolvedAt: minute(options.until) }),
});

it('of a hidden service’s alerts nothing is quoted: no title, no word, no number', async () => {
  const source = sourceOf({
    id: 'pd',
    kinds: ['incident'],
    async *pull() {
      yield {
        observations: [
          told({
            key: 'own',
            service: 'PAY',
            at: 10,
            until: 20,
            severity: 'warning',
            title: 'My own',
          }),
          told({
            key: 'both',
            service: 'BOTH',
            at: 100,
            severity: 'warning',
            title: 'Errors at the gateway',
          }),
          told({
            key: 'hidden',
            service: 'HID',
            at: 101,
            severity: 'Falcon P1',
            title: 'Falcon leaked',
          }),
        ],
        cursor: {},
      };
    },
  });
  const hub = await startHub({
    database: await databases.init('SQLITE_3'),
    entities: () => [
      component('payments-api', 'payments', { [serviceId]: 'PAY, BOTH' }),
      component('secret', 'storefront', { [serviceId]: 'HID, BOTH' }),
    ],
    sources: [source],
  });
  try {
    const list = async () =>
      (await hub.call('get', '/incidents', people.platform)).body.items;
    await until(async () => {
      const items: { references: unknown[] }[] = await list();
      return items.length === 2 && items[0].references.length === 2;
    });
    const [large, small] = await list();
    // Whoever may see all is told the word.
    expect(JSON.stringify(large.priorityReasons)).toMatch(/Falcon P1/);
    const seen = await hub.call('get', `/incidents/${large.id}`, people.owner);
    expect(seen.status).toBe(200);
    expect(seen.body.incident).toMatchObject({
      title: 'Errors at the gateway',
      hidden: 1,
      references: [{ key: 'both' }],
    });
    expect(seen.body.incident.priorityReasons).not.toEqual([]);
    expect(JSON.stringify(seen.body)).not.toMatch(/Falcon|secret|HID/);
    const merged = await hub
      .call('post', `/incidents/${small.id}/grouping`, people.owner)
      .send({ kind: 'together', with: large.id });
    expect(merged.body.done).toMatch(
      /“My own” and “Errors at the gateway” are one incident of 2 references/,
    );
    const split = await hub
      .call(
        'post',
        `/incidents/${merged.body.incidentId}/grouping`,
        people.owner,
      )
      .send({ kind: 'apart', references: [{ source: 'pd', key: 'own' }] });
    expect(split.body.done).toMatch(/1 of 2 references/);
  } finally {
    await hub.stop();
  }
});
