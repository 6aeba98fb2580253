import { TestDatabases } from '@backstage/backend-test-utils';
import {
  addIncidentServices,
  minutes,
  observeLines,
} from '../__testUtils__/incidents';
import { deployment } from '../__testUtils__/observations';
import { TestHub } from '../__testUtils__/testHub';
import { inTransaction } from '../database';
import { incidentIdOf } from '../incidents/incidentRows';
import { markSuspectsAround, markSuspectsDirty } from './dirtySuspects';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const DAY = 1440;
const idOf = (key: string) => incidentIdOf({ source: 'pd', key });

describe.each(databases.eachSupportedId())('suspects due on %s', id => {
  let hub: TestHub;

  beforeEach(async () => {
    hub = await TestHub.create(await databases.init(id));
    hub.time = minutes(90 * DAY);
    await addIncidentServices(hub);
  });

  async function marked(at: number, serviceId = 'a', candidate = 'new') {
    await hub.database('dirty_suspect').delete();
    await inTransaction(hub.database, transaction =>
      markSuspectsAround(
        transaction,
        [{ id: candidate, serviceId, at: minutes(at) }],
        hub.time,
      ),
    );
    const keys = ['1', '2', '3'];
    const due: string[] = await hub
      .database('dirty_suspect')
      .pluck('incident_id');
    return keys.filter(key => due.includes(idOf(key))).join();
  }

  it('are those that what happened may have to do with', async () => {
    await hub.database('service_dependency').insert({
      service_id: 'b',
      depends_on: 'component:default/a',
      valid_from: 1,
    });
    await hub.observe('argocd:a', [
      deployment({
        key: 'd',
        application: 'a',
        versionName: '1.0',
        finishedAt: minutes(10 * DAY - 10),
        basis: 'synced',
      }),
    ]);
    await observeLines(
      hub,
      `pd 1 ${10 * DAY}-${10 * DAY + 60}
       pd 2 ${12 * DAY}-${12 * DAY + 60} s=b
       pd 3 ${14 * DAY}- s=c`,
    );
    // More than a day before it started, then within it.
    expect(await marked(9 * DAY - 10)).toBe('');
    expect(await marked(9 * DAY + 10)).toBe('1');
    // Shortly after it ended, by as long as a roll-out may take; then no more.
    expect(await marked(10 * DAY + 100)).toBe('1');
    expect(await marked(11 * DAY + 10)).toBe('1,2');
    expect(await marked(11 * DAY + 130)).toBe('2');
    // What depends on it is in reach, what it depends on is not.
    expect(await marked(12 * DAY - 10, 'b')).toBe('2');
    expect(await marked(12 * DAY - 10, 'd')).toBe('');
    // One that is open is so until it ends.
    expect(await marked(80 * DAY, 'c')).toBe('3');
    expect(await marked(80 * DAY, 'a')).toBe('');
    // What is a suspect already is so wherever it goes.
    const [{ candidate_id }] = await hub
      .database('suspect')
      .where({ role: 'cause' });
    expect(await marked(80 * DAY, 'd', candidate_id)).toBe('1');
  });

  it('that cannot be judged keep none of the others, and are tried again', async () => {
    await observeLines(
      hub,
      `pd 1 ${10 * DAY}-${10 * DAY + 60}
       pd 2 ${12 * DAY}-${12 * DAY + 60} s=b`,
    );
    await hub.database('suspect').delete();
    const bad = hub.database('incident').where({ id: idOf('1') });
    const { record } = await bad.clone().first('record');
    await bad.clone().update({ record: '{not JSON' });
    await inTransaction(hub.database, transaction =>
      markSuspectsDirty(transaction, [idOf('1'), idOf('2')], hub.time),
    );
    await hub.derive();
    expect(await hub.database('suspect').pluck('incident_id')).toEqual([
      idOf('2'),
    ]);
    expect(await hub.database('derive_failure')).toMatchObject([
      { queue: 'suspect', key: idOf('1'), attempts: 1 },
    ]);

    await bad.clone().update({ record });
    hub.time += 10_001;
    await hub.derive();
    expect(await hub.database('suspect')).toHaveLength(2);
    expect(await hub.worker.failed()).toBe(0);
    expect(await hub.rows('dirty_suspect')).toEqual([]);
  });

  it('are locked after their incidents, as by whoever derives these', async () => {
    await observeLines(hub, `pd 1 ${10 * DAY}-${10 * DAY + 60}`);
    await inTransaction(hub.database, transaction =>
      markSuspectsDirty(transaction, [idOf('1')], hub.time),
    );
    const statements: string[] = [];
    hub.database.on('query', ({ sql }) =>
      statements.push(sql.replace(/[`"]/g, '')),
    );
    await hub.derive();
    const first = (pattern: RegExp) =>
      statements.findIndex(sql => pattern.test(sql));
    const locked = first(/^select id from incident where id in/);
    expect(locked).toBeGreaterThan(-1);
    // As its claim is ended; it is asked for without an order where it is made.
    expect(first(/generation from dirty_suspect .*order by/)).toBeGreaterThan(
      locked,
    );
  });

  it('of very many incidents are judged by whoever is there, once each', async () => {
    const lines = Array.from(
      { length: 60 },
      (_, at) => `pd ${at + 1} ${at * DAY}-${at * DAY + 60}`,
    );
    await hub.observe('argocd:a', [
      deployment({
        key: 'd',
        application: 'a',
        versionName: '1.0',
        finishedAt: minutes(30 * DAY - 10),
        basis: 'synced',
      }),
    ]);
    const replica = hub.replica();
    await observeLines(hub, lines.join('\n'));
    await hub
      .database('incident')
      .pluck('id')
      .then(ids =>
        inTransaction(hub.database, transaction =>
          markSuspectsDirty(transaction, ids, hub.time),
        ),
      );
    await hub.database('suspect').delete();
    await Promise.all([hub.derive(), replica.derive()]);
    await hub.derive();
    const rows = await hub.database('suspect').where({ role: 'none' });
    expect(rows).toHaveLength(60);
    const causes = await hub.database('suspect').where({ role: 'cause' });
    expect(causes.map(row => row.incident_id)).toEqual([idOf('31')]);
    const [delivery] = await hub.rows('delivery');
    expect(delivery).toMatchObject({
      recovery: 'incident',
      incident_id: idOf('31'),
    });
  });
});
