import { TestDatabases } from '@backstage/backend-test-utils';
import type { EffectRequest } from '@day2/backstage-plugin-day2-node';
import {
  addIncidentServices,
  incidentLines,
  minutes,
} from '../__testUtils__/incidents';
import { TestHub } from '../__testUtils__/testHub';
import { incidentIdOf } from '../incidents/incidentRows';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('incidents are told on %p', id => {
  let hub: TestHub;

  beforeEach(async () => {
    hub = await TestHub.create(await databases.init(id));
    hub.effects = [
      { id: 'teller', kinds: ['incident'], deliver: async () => {} },
    ];
    await addIncidentServices(hub);
  });

  /** At a minute, after the sources were read to their end once. */
  async function at(minute: number, text: string): Promise<void> {
    hub.time = minutes(minute);
    for (const { source, observations } of incidentLines(text)) {
      await hub.observe(source, observations);
      await hub
        .database('source')
        .where({ id: source })
        .update({ last_success_at: hub.time });
    }
    await hub.derive();
  }

  async function read(source: string): Promise<void> {
    await hub.observe(source, []);
    await hub
      .database('source')
      .where({ id: source })
      .update({ last_success_at: hub.time });
  }

  async function told(): Promise<EffectRequest[]> {
    const rows = await hub
      .database('effect')
      .orderBy(['at', 'id'])
      .pluck('request');
    return rows.map(row => JSON.parse(row));
  }

  it('when one opens, is mitigated, is resolved and opens again', async () => {
    await read('pd');
    await at(11, 'pd 1 10 s=a sev=critical');
    await at(12, 'pd 1 10 s=a sev=critical ack@12 v=2');
    await at(41, 'pd 1 10 s=a sev=critical ack@12 mit@40 v=3');
    await at(61, 'pd 1 10-60 s=a sev=critical ack@12 mit@40 v=4');
    const recordId = incidentIdOf({ source: 'pd', key: '1' });
    expect(await told()).toMatchObject([
      {
        kind: 'incident',
        recordId,
        at: minutes(10),
        to: 'open',
        title: 'P1 · pd 1',
        text: 'Open since 2026-10-20 00:10 UTC, told by pagerduty',
        priority: 1,
        services: ['component:default/a'],
        path: `/day2/incidents/${recordId}`,
      },
      {
        from: 'open',
        to: 'mitigated',
        text: 'Mitigated at 2026-10-20 00:40 UTC, after 30 min',
      },
      {
        from: 'mitigated',
        to: 'resolved',
        at: minutes(60),
        text: 'Resolved at 2026-10-20 01:00 UTC, after 50 min',
      },
    ]);
    // The other tool tells of the same a little later, and still holds it open.
    await read('am');
    await at(63, 'am x 62 s=a');
    expect((await told()).at(-1)).toMatchObject({
      recordId,
      at: minutes(62),
      from: 'resolved',
      to: 'open',
      text: 'Open again since 2026-10-20 01:02 UTC, told by alertmanager and pagerduty',
    });
  });

  it('tells one outage of two tools once, whichever came first', async () => {
    await read('pd');
    await read('am');
    await at(12, 'pd 1 11 s=a');
    // Earlier, and so the first of its references: its id is another now.
    await at(13, 'am x 10 s=a');
    expect((await told()).map(({ to }) => to)).toEqual(['open']);
  });

  it('tells nothing of a past that is read, and nothing that was over when learnt', async () => {
    hub.time = minutes(12);
    await hub.observe('pd', incidentLines('pd 1 10 s=a')[0].observations);
    await hub.derive();
    expect(await told()).toEqual([]);
    await read('am');
    await at(13, 'am y 11-12 s=b');
    expect(await told()).toEqual([]);
  });
});
