import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { until } from '../__testUtils__/until';
import { objective, type Truth } from '../__testUtils__/objectives';
import { startObjectives } from '../__testUtils__/startObjectives';
import { markObjectivesDirty } from './dirtyObjectives';
import { noteUse } from './seriesUse';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const truth: Truth = () => ({ bad: 1, total: 100 });

/** One objective that is measured. */
async function start(database: Knex) {
  const world = await startObjectives(database);
  await world.hub.observe('openslo:catalog', [
    objective({ service: 'payments-api' }),
  ]);
  await world.hub.derive();
  await world.measure(truth);
  return world;
}

describe.each(databases.eachSupportedId())('use of series on %s', id => {
  it('is noted of what is new and of what was left', async () => {
    const { hub, row } = await start(await databases.init(id));
    const used = await row();
    const series = () => hub.database('objective_series').orderBy('id');
    const [before] = await series();
    await hub.database('objective_series').update({ unused_since: 5 });
    await hub.database.transaction(transaction =>
      noteUse({
        transaction,
        used: [used, { ...used, series_id: 'zzz' }],
        left: [],
        now: hub.time,
      }),
    );
    expect(await series()).toEqual([
      before,
      { ...before, id: 'zzz', version: expect.anything() },
    ]);
    expect(before).toMatchObject({ unused_since: null });
  });
});

const onPostgres = databases.supports('POSTGRES_18') ? describe : describe.skip;

// SQLite has one writer: nobody else waits.
onPostgres('locks of series', () => {
  it('are not taken before those of marks: who derives has them so', async () => {
    const { hub, measure, row } = await start(
      await databases.init('POSTGRES_18'),
    );
    const { subject_id } = await row();
    hub.time += 600_000;
    let measured: Promise<void> | undefined;
    await hub.database.transaction(async transaction => {
      await markObjectivesDirty(transaction, [subject_id], hub.time);
      measured = measure(truth);
      // It waits for the mark.
      await until(async () => {
        const waits = await transaction('pg_locks').where({ granted: false });
        return waits.length > 0;
      });
      const free = await transaction('objective_series').forUpdate().noWait();
      expect(free).toHaveLength(1);
    });
    await measured;
  });

  it('are not taken of what is in use already', async () => {
    const { hub, row } = await start(await databases.init('POSTGRES_18'));
    const used = await row();
    await hub.database.transaction(async other => {
      await other('objective_series').forUpdate();
      await hub.database.transaction(async transaction => {
        await transaction.raw("set local lock_timeout = '2s'");
        await noteUse({ transaction, used: [used], left: [], now: hub.time });
      });
    });
    expect(await hub.database('objective_series')).toHaveLength(1);
  });
});
