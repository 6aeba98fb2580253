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
    const rows = await hub.database('effect').orderBy('seq').pluck('request');
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
    // Nor its end.
    await at(13, 'pd 1 10-12 s=a v=2');
    await read('am');
    await at(14, 'am y 11-12 s=b');
    expect(await told()).toEqual([]);
  });

  it('tells what a tool delivered of itself, though it was never read', async () => {
    hub.time = minutes(12);
    await hub.observe('am', incidentLines('am old 1 s=b')[0].observations);
    await hub.ingest.applyDelivered({
      sourceId: 'am',
      observations: incidentLines('am x 10 s=a')[0].observations,
    });
    await hub.derive();
    expect((await told()).map(({ title }) => title)).toEqual(['am x']);
  });

  it('tells what one source knows though another was never read', async () => {
    await read('am');
    hub.time = minutes(12);
    await hub.observe('pd', incidentLines('pd 1 10 s=a')[0].observations);
    await at(12, 'am x 11 s=a');
    expect((await told()).map(({ to }) => to)).toEqual(['open']);
  });

  it('tells what becomes pressing, and its end whatever it has become', async () => {
    await read('pd');
    hub.effects = [
      {
        id: 'teller',
        kinds: ['incident'],
        wants: ({ priority = 1 }) => priority <= 2,
        deliver: async () => {},
      },
    ];
    await at(11, 'pd 1 10 s=a sev=info');
    await at(11, 'pd 2 10 s=b sev=info');
    expect(await told()).toEqual([]);
    await at(12, 'pd 1 10 s=a sev=critical v=2');
    await at(13, 'pd 1 10 s=a sev=info v=3');
    await at(14, 'pd 1 10 s=a sev=critical v=4');
    await at(15, 'pd 1 10-14 s=a sev=info v=5');
    await at(15, 'pd 2 10-14 s=b sev=info v=2');
    expect(
      (await told()).map(({ from, to, priority }) => [from, to, priority]),
    ).toEqual([
      [undefined, 'open', 1],
      ['open', 'resolved', expect.any(Number)],
    ]);
  });

  it('tells owners what references of their own services say, and those that are hit later', async () => {
    await read('pd');
    await at(11, 'pd 1 10 s=a');
    await at(12, 'am x 11 s=a+b');
    expect(
      (await told()).map(({ services, title }) => [services, title]),
    ).toEqual([
      [['component:default/a'], 'pd 1'],
      [['component:default/b'], 'am x'],
    ]);
    await at(15, 'pd 1 10-14 s=a v=2\nam x 11-14 s=a+b v=2');
    expect(
      (await told())
        .slice(2)
        .map(({ recordId, to, services, title }) => [
          recordId,
          to,
          services,
          title,
        ])
        .sort(),
    ).toEqual(
      [
        ['component:default/a', 'pd 1'],
        ['component:default/b', 'am x'],
      ].map(([service, title]) => [
        incidentIdOf({ source: 'pd', key: '1' }),
        'resolved',
        [service],
        title,
      ]),
    );
  });

  it('goes on with what it was announced as, and ends what became a part of it', async () => {
    await read('pd');
    await read('am');
    await at(31, 'pd 1 30 s=a');
    await at(32, 'pd 2 31 s=b');
    // What joins them began before both.
    await at(33, 'am x 29 s=a+b');
    await at(
      41,
      'pd 1 30-40 s=a v=2\npd 2 31-40 s=b v=2\nam x 29-40 s=a+b v=2',
    );
    const first = incidentIdOf({ source: 'pd', key: '1' });
    const second = incidentIdOf({ source: 'pd', key: '2' });
    const now = incidentIdOf({ source: 'am', key: 'x' });
    expect(
      (await told()).map(({ recordId, to, path, services }) => [
        recordId,
        to,
        path.split('/').pop(),
        services.join().replaceAll('component:default/', ''),
      ]),
    ).toEqual([
      [first, 'open', first, 'a'],
      [second, 'open', second, 'b'],
      [second, 'resolved', now, 'b'],
      [first, 'open', now, 'b'],
      [first, 'resolved', now, 'a'],
      [first, 'resolved', now, 'b'],
    ]);
  });

  /** What is said no more, from now on. */
  async function withdraw(minute: number, source: string, key: string) {
    hub.time = minutes(minute);
    await hub.observe(source, [
      { kind: 'withdrawn', keyPrefix: key, reason: 'It was no alert of ours' },
    ]);
    await hub.derive();
  }

  it('ends what was taken back, once, for those who were told of it', async () => {
    await read('pd');
    await at(11, 'pd 1 10 s=a+b');
    await withdraw(20, 'pd', '1');
    await hub.derive();
    const recordId = incidentIdOf({ source: 'pd', key: '1' });
    expect(await told()).toMatchObject([
      { to: 'open', recordId },
      {
        recordId,
        from: 'open',
        to: 'resolved',
        title: 'pd 1',
        text: expect.stringContaining('no incident any more'),
        services: ['component:default/a', 'component:default/b'],
      },
    ]);
  });

  it('ends what is of no service any more', async () => {
    await read('pd');
    await at(11, 'pd 1 10 s=a');
    await hub.addService({ id: 'a', ref: 'component:default/a' });
    await hub.derive();
    expect((await told()).map(({ to }) => to)).toEqual(['open', 'resolved']);
  });

  it('tells the end of what was announced by a reference that was taken back long before', async () => {
    await read('pd');
    await read('am');
    await at(11, 'pd 1 10 s=a');
    await at(12, 'am x 11 s=a');
    await withdraw(20, 'pd', '1');
    // The other tool holds it open, for a while.
    expect((await told()).map(({ to }) => to)).toEqual(['open']);
    await at(30, 'am x 11 s=a sev=warning v=2');
    await at(41, 'am x 11-40 s=a sev=warning v=3');
    const recordId = incidentIdOf({ source: 'pd', key: '1' });
    expect(await told()).toMatchObject([
      { recordId, to: 'open' },
      { recordId, from: 'open', to: 'resolved', at: minutes(40) },
    ]);
  });
});
