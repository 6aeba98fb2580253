import { SLOT_MS } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { chunksOf, CLOCKS_MS, inTransaction } from '../database';

/**
 * Forgets that slots were asked for which are still to come: a clock that was
 * ahead asked for them, and nothing had happened in them yet.
 *
 * @param options - `ranges`: those that were asked for
 * @returns whether there were any
 */
export async function forgetAhead(options: {
  database: Knex;
  ranges: readonly { series_id: string; to_at: string | number }[];
  now: number;
}): Promise<boolean> {
  const { database, ranges, now } = options;
  const ids = ranges
    .filter(({ to_at }) => Number(to_at) > now + CLOCKS_MS)
    .map(({ series_id }) => series_id);
  if (ids.length === 0) {
    return false;
  }
  const until = Math.floor(now / SLOT_MS) * SLOT_MS;
  await inTransaction(database, async transaction => {
    for (const chunk of chunksOf([...new Set(ids)])) {
      for (const table of ['objective_range', 'objective_silence']) {
        const rows = () => transaction(table).whereIn('series_id', chunk);
        await rows().where('from_at', '>=', until).delete();
        await rows().where('to_at', '>', until).update({ to_at: until });
      }
    }
  });
  return true;
}
