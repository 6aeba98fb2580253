import { DAY_MS } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { ROWS_PER_STATEMENT, type Breather } from '../database';
import { FINAL_MS } from './lateSlots';
import { dayOf } from './slotStore';

const SERIES_AT_ONCE = 20;

/**
 * Forgets slots and changes of state that are older than what is kept, and
 * silences that nobody answered. One small statement after the other: each is
 * whole by itself, and whoever is stopped goes on in an hour.
 *
 * @remarks What was asked for stays noted, so that it is not asked for again.
 *
 * @param options - `keepDays`: longer than any period and the days before it
 */
export async function purgeOld(options: {
  database: Knex;
  keepDays: number;
  breather: Breather;
  now: number;
}): Promise<void> {
  const { database, keepDays, breather, now } = options;
  const before = now - keepDays * DAY_MS;
  let after = '';
  for (;;) {
    const ids: string[] = await database('objective_series')
      .where('id', '>', after)
      .orderBy('id')
      .limit(SERIES_AT_ONCE)
      .pluck('id');
    const last = ids.at(-1);
    if (last === undefined) {
      break;
    }
    await database('objective_day')
      .whereIn('series_id', ids)
      .where('day', '<', dayOf(before))
      .delete();
    after = last;
    await breather.breathe();
  }
  const oldest = () =>
    database('objective_transition')
      .where('at', '<', before)
      .orderBy(['at', 'objective_id'])
      .limit(ROWS_PER_STATEMENT)
      .select('objective_id', 'at');
  for (let rows = await oldest(); rows.length > 0; rows = await oldest()) {
    await database('objective_transition')
      .whereIn(
        ['objective_id', 'at'],
        rows.map(({ objective_id, at }) => [objective_id, at]),
      )
      .delete();
    await breather.breathe();
  }
  await database('objective_silence')
    .where('due_at', '<', now - 2 * FINAL_MS)
    .delete();
}
