import type { Knex } from 'knex';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  incidentsOf,
  type Incident,
  type IncidentReference,
} from '@day2/backstage-plugin-day2-common';
import {
  addIncidentServices,
  incidentLines,
  minutes,
  observeLines,
} from '../__testUtils__/incidents';
import { saidRow } from '../__testUtils__/seedIncident';
import { randomOf } from '../__testUtils__/shuffledWorld';
import { TestHub } from '../__testUtils__/testHub';
import { canonicalJson, inTransaction } from '../database';
import { DeriveWorker } from '../derive';
import { DeriveFailures } from '../derive/DeriveFailures';
import { MatchingJob } from '../subjects/MatchingJob';
import { IncidentDeriver } from './IncidentDeriver';
import { IncidentWorker } from './IncidentWorker';
import { incidentIdOf, type StoredIncident } from './incidentRows';
import { ObservedReferences } from './ObservedReferences';
import { countingWords, saidStore, type GroupingBody } from './saidStore';
import { markReferencesDirty } from './dirtyIncidents';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });

describe.each(databases.eachSupportedId())('incidents on %s', id => {
  let hub: TestHub;

  beforeEach(async () => {
    hub = await TestHub.create(await databases.init(id));
    await addIncidentServices(hub);
  });

  async function stored(): Promise<(StoredIncident & { id: string })[]> {
    const rows = await hub
      .database('incident')
      .orderBy(['started_at', 'id'])
      .select('id', 'record');
    return rows.map(row => ({ id: row.id, ...JSON.parse(row.record) }));
  }

  /** `pd 1, am x` of each incident. */
  async function groups(): Promise<string[]> {
    return (await stored()).map(({ references }) =>
      references.map(({ source, key }) => `${source} ${key}`).join(', '),
    );
  }

  async function alias(name: string): Promise<string | undefined> {
    const [source, key] = name.split(' ');
    const row = await hub
      .database('incident_alias')
      .where('alias', incidentIdOf({ source, key }))
      .first();
    return row?.incident_id;
  }

  async function say(kind: 'together' | 'apart', a: string, b: string) {
    const [left, right] = [a, b].map(name => {
      const [source, key] = name.split(' ');
      return { source, key };
    });
    await inTransaction(hub.database, async transaction => {
      const body: GroupingBody = { kind, left: [left], right: [right] };
      await saidStore.add(
        transaction,
        {
          id: `${kind} ${a} ${b}`.slice(0, 40),
          incident_ref: JSON.stringify(left),
          kind: 'grouping',
          body: JSON.stringify(body),
          person_id: 'ann',
          at: hub.time,
          why: null,
          taken_back_at: null,
          taken_back_by: null,
          taken_back_why: null,
        },
        [left, right],
      );
      await markReferencesDirty(transaction, [left, right], hub.time);
    });
    await hub.derive();
  }

  it('of two tools are one, with rows, aliases and a line in each timeline', async () => {
    await observeLines(
      hub,
      'am x 8-50 e=prod sev=critical\npd 1 10-60 s=a+b ack@12',
    );
    const [incident, ...others] = await stored();
    expect(others).toEqual([]);
    expect(incident).toMatchObject({
      id: incidentIdOf({ source: 'am', key: 'x' }),
      title: 'pd 1',
      services: ['a', 'b'],
      priority: { priority: 1 },
    });
    expect(await alias('pd 1')).toBe(incident.id);
    expect(await hub.rows('incident')).toMatchObject([
      { state: 'resolved', priority: 1 },
    ]);
    const lines = await hub.database('timeline').orderBy('service_id');
    expect(
      lines.map(row => [
        row.service_id,
        row.environment,
        Number(row.at),
        Number(row.until),
        JSON.parse(row.entry).detail,
      ]),
    ).toEqual([
      ['a', 'production', minutes(8), minutes(50), 'P1, resolved'],
      ['b', 'production', minutes(8), minutes(50), 'P1, resolved'],
    ]);
  });

  it('one that opens before the first known keeps every id it had', async () => {
    await observeLines(hub, 'pd 1 10-60');
    const before = (await stored())[0].id;
    await observeLines(hub, 'am x 8-50');
    const [{ id: after }] = await stored();
    expect(after).not.toBe(before);
    expect(await alias('pd 1')).toBe(after);
    // Withdrawn: the other is left, and both ids lead to it.
    await hub.observe('am', [
      { kind: 'withdrawn', keyPrefix: 'x', reason: 'gone' },
    ]);
    await hub.derive();
    expect(await groups()).toEqual(['pd 1']);
    expect(await alias('am x')).toBe(before);
    await hub.observe('pd', [
      { kind: 'withdrawn', keyPrefix: '1', reason: 'gone' },
    ]);
    await hub.derive();
    for (const table of ['incident', 'incident_service', 'timeline']) {
      expect([table, await hub.rows(table)]).toEqual([table, []]);
    }
  });

  it('a bridge that goes leaves two', async () => {
    await observeLines(hub, 'am x 8-50 s=a\nam y 9-50 s=b\npd 1 10-60 s=a+b');
    expect(await groups()).toEqual(['am x, am y, pd 1']);
    await observeLines(hub, 'pd 1 10-60 s=a v=2');
    expect(await groups()).toEqual(['am x, pd 1', 'am y']);
    await observeLines(hub, 'pd 1 10-60 s=a+b v=3');
    expect(await groups()).toEqual(['am x, am y, pd 1']);
  });

  it('services that are linked later or no more have theirs and lose them', async () => {
    await observeLines(hub, 'pd 1 10-60 s=new\npd 2 10-60 s=a');
    expect(await groups()).toEqual(['pd 2']);
    await hub.addService({
      id: 'n',
      ref: 'component:default/n',
      annotations: { 'pagerduty.com/service-id': 'new' },
    });
    await hub.derive();
    expect((await groups()).sort()).toEqual(['pd 1', 'pd 2']);
    await hub.addService({
      id: 'n',
      ref: 'component:default/n',
      annotations: { 'pagerduty.com/service-id': 'new, a' },
    });
    await hub.derive();
    expect(await groups()).toEqual(['pd 1, pd 2']);
    await hub.addService({ id: 'n', ref: 'component:default/n' });
    await hub.derive();
    expect(await groups()).toEqual(['pd 2']);
    expect(await hub.rows('incident_service')).toMatchObject([
      { service_id: 'a' },
    ]);
  });

  it('what people put together and apart stays so whatever is pulled', async () => {
    await observeLines(hub, 'am x 8-50\npd 1 10-60\npd far 9000-9010 s=d');
    await say('apart', 'am x', 'pd 1');
    expect(await groups()).toEqual(['am x', 'pd 1', 'pd far']);
    await say('together', 'am x', 'pd far');
    await observeLines(hub, 'am x 8-50 v=2 mit@30\nam z 9001-9005 s=d');
    expect(await groups()).toEqual(['am x, pd far, am z', 'pd 1']);
    await hub
      .database('incident_said')
      .where('kind', 'grouping')
      .update({ taken_back_at: 1, taken_back_by: 'ann' });
    await inTransaction(hub.database, transaction =>
      markReferencesDirty(transaction, [{ source: 'pd', key: 'far' }], 1),
    );
    await hub.derive();
    expect(await groups()).toEqual(['am x, pd 1', 'pd far, am z']);
  });

  it('too many that hang together stop nothing else, and are tried again', async () => {
    const { database } = hub;
    const failures = DeriveFailures.create({
      database,
      logger: mockServices.logger.mock(),
      now: () => hub.time,
    });
    const options = { database, failures, now: () => hub.time };
    const worker = IncidentWorker.create({
      ...options,
      claimMs: 1_000,
      maxReferences: 3,
      onChange: () => {},
    });
    const chain = [0, 1, 2, 3].map(n => `am c${n} ${n * 5}-${n * 5 + 10} s=a`);
    await observeLines(hub, '');
    for (const { source, observations } of incidentLines(
      [...chain, 'am other 10-20 s=b'].join('\n'),
    )) {
      await hub.observe(source, observations);
    }
    await MatchingJob.create(options).matchChunk();
    const work = async () => {
      await failures.load();
      while ((await worker.runChunk()) > 0);
    };
    await work();
    expect(await groups()).toEqual(['am other']);
    expect(await worker.pending()).toBe(4);
    expect(await hub.rows('derive_failure')).toMatchObject([
      { queue: 'incident', error: expect.stringContaining('hang together') },
    ]);
    // One of them is withdrawn; it is tried again by itself.
    await hub.observe('am', [
      { kind: 'withdrawn', keyPrefix: 'c3', reason: 'gone' },
    ]);
    hub.time += 10_001;
    await work();
    expect(await groups()).toEqual(['am c0, am c1, am c2', 'am other']);
    expect(await failures.count()).toBe(0);
  });

  it('a storm is derived once, not for every chunk of it', async () => {
    const lines = Array.from(
      { length: 260 },
      (_, at) => `am k${at} ${10 + at / 100} s=a`,
    );
    await observeLines(hub, lines.join('\n'));
    await hub.derive();
    await markReferencesDirty(
      hub.database as Knex.Transaction,
      lines.map(line => ({ source: 'am', key: line.split(' ')[1] })),
      0,
    );
    const derive = jest.spyOn(IncidentDeriver.prototype, 'derive');
    await hub.derive();
    expect(derive).toHaveBeenCalledTimes(1);
    derive.mockRestore();
    expect(await hub.rows('dirty_incident')).toEqual([]);
    expect(await stored()).toMatchObject([{ references: { length: 260 } }]);
  });

  it('the impact is assumed by the tier, where that is configured', async () => {
    await hub.database('service').where('id', 'a').update({ tier: 2 });
    await hub.database('service').where('id', 'b').update({ tier: 1 });
    await observeLines(hub, 'pd 1 10-60 s=a\npd 2 10-60 s=b\npd 3 10-60 s=c');
    const priorities = async () =>
      (await hub.database('incident').orderBy('title').pluck('priority')).map(
        Number,
      );
    expect(await hub.database('incident').whereNotNull('priority')).toEqual([]);
    const rules = { impactByTier: { 1: 'high', 2: 'low' } } as const;
    const worker = DeriveWorker.create({
      database: hub.database,
      environments: [],
      logger: mockServices.logger.mock(),
      now: () => hub.time,
      incidents: { rules, rulesVersion: rules },
    });
    await worker.runUntilIdle();
    expect(await priorities()).toEqual([4, 2, 0]);
  });

  it('what a person said of an instant stands, whatever is pulled', async () => {
    await observeLines(hub, 'pd 1 10-60 imp@9');
    const of = { source: 'pd', key: '1' };
    await inTransaction(hub.database, async transaction => {
      await saidStore.add(
        transaction,
        saidRow({
          id: 'impact',
          incident_ref: JSON.stringify(of),
          body: JSON.stringify({ field: 'impactStartedAt', value: minutes(2) }),
          at: minutes(70),
        }),
        [of],
      );
      await markReferencesDirty(transaction, [of], hub.time);
    });
    await hub.derive();
    await observeLines(hub, 'pd 1 10-60 imp@5 v=2\nam x 3-50');
    const [incident] = await stored();
    expect(incident.id).toBe(incidentIdOf({ source: 'am', key: 'x' }));
    expect(incident.startedAt).toBe(minutes(2));
    expect(incident.instants.impactStartedAt).toMatchObject({
      origin: { kind: 'person', by: 'ann' },
      words: [{ at: minutes(2) }, { at: minutes(5) }],
    });
  });

  it('words of an environment that is named otherwise now', async () => {
    await observeLines(hub, 'am x 8-50 e=prod\nam y 9-50 e=stag');
    expect(await groups()).toEqual(['am x', 'am y']);
    await hub.database('observation').update({ environment: 'old' });
    await hub.database('hub_state').where('key', 'environment-rules').delete();
    const other = hub.replica();
    await other.derive();
    expect((await stored()).map(({ environments }) => environments)).toEqual([
      ['production'],
      ['staging'],
    ]);
  });

  it.each([1, 2])(
    'whatever the order, in pieces, by two replicas: as of all at once (%d)',
    async seed => {
      const random = randomOf(seed);
      const upTo = (n: number) => Math.floor(random() * n);
      const lines = Array.from({ length: 90 }, (_, at) => {
        const from = upTo(12_000);
        const to = random() < 0.9 ? `${from}-${from + upTo(400)}` : `${from}`;
        const service = ['a', 'b', 'c', 'd', 'a+b', 'c+d', 'x'][upTo(7)];
        const where = random() < 0.3 ? `e=${['prod', 'stag'][upTo(2)]}` : '';
        return `${['am', 'pd'][upTo(2)]} k${at} ${to} s=${service} ${where}`;
      });
      const replica = hub.replica();
      for (let at = 0; at < lines.length; at += 15) {
        const piece = lines.slice(at, at + 15).sort(() => random() - 0.5);
        for (const { source, observations } of incidentLines(
          piece.join('\n'),
        )) {
          await hub.observe(source, observations);
        }
        if (at === 30) {
          const [a, b] = lines.map(line =>
            line.split(' ').slice(0, 2).join(' '),
          );
          await say('together', a, b);
        }
        // What was said before is said otherwise: another service, its end.
        const [source, key, open] = lines[upTo(at + 15)].split(' ');
        const from = open.split('-')[0];
        await observeLines(
          hub,
          `${source} ${key} ${from}-${Number(from) + 90} s=c v=${at + 2}`,
        );
        if (at === 45) {
          const [gone, name] = lines[7].split(' ');
          await hub.observe(gone, [
            { kind: 'withdrawn', keyPrefix: name, reason: 'gone' },
          ]);
        }
        await Promise.all([hub.derive(), replica.derive()]);
      }
      await hub.derive();
      expect(await hub.rows('dirty_incident')).toEqual([]);

      const names: IncidentReference[] = await hub
        .database('observation')
        .where('kind', 'incident')
        .select('source', 'key');
      const observations = await ObservedReferences.create({
        transaction: hub.database,
      }).byNames(names);
      expect(observations.length).toBe(lines.length - 1);
      const said = await saidStore.of(hub.database, names.map(incidentIdOf));
      const expected = incidentsOf({ ...countingWords(said), observations })
        .filter(({ services }) => services.length > 0)
        .map((incident: Incident) => canonicalJson(incident));
      const actual = (await stored()).map(({ id: _, ...rest }) =>
        canonicalJson(rest),
      );
      expect(actual.sort()).toEqual(expected.sort());
      expect(expected.length).toBeGreaterThan(10);
      expect(
        (await stored()).some(({ references }) => references.length > 2),
      ).toBe(true);
      // Every id leads to the incident that holds its reference, and to no other.
      const held = await hub.rows('incident_reference');
      for (const { reference_id, incident_id } of held) {
        const { incident_id: led } = await hub
          .database('incident_alias')
          .where('alias', reference_id)
          .first();
        expect(led).toBe(incident_id);
      }
      expect(held).toHaveLength(
        (await stored()).flatMap(({ references }) => references).length,
      );
    },
  );
});
