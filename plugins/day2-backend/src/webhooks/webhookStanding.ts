import type { SourceStatus } from '@day2/backstage-plugin-day2-common';
import type { Source } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { toNumber } from '../database';
import { iso } from '../http/range';

/** For so long it is said that some found no room. */
const TURNED_AWAY_MS = 7 * 86_400_000;

/** How deliveries stand, by source: for those that take any. */
export async function webhookStanding(options: {
  database: Knex;
  sources: Source[];
  /** Epoch milliseconds. */
  now: number;
}): Promise<Map<string, NonNullable<SourceStatus['webhook']>>> {
  const ids = options.sources.flatMap(({ id, webhook }) =>
    webhook ? [id] : [],
  );
  if (ids.length === 0) {
    return new Map();
  }
  const table = () => options.database('webhook_delivery');
  const [waiting, turnedAway, newest]: Record<string, any>[][] =
    await Promise.all([
      table()
        .where({ state: 'waiting' })
        .whereIn('source', ids)
        .groupBy('source')
        .select('source')
        .count({ n: '*' })
        .sum({ bytes: 'bytes' }),
      options
        .database('source')
        .whereIn('id', ids)
        .where('turned_away_at', '>', options.now - TURNED_AWAY_MS)
        .select('id', 'turned_away', 'turned_away_at'),
      Promise.all(
        // One look at the index each.
        ids.map(source =>
          table()
            .where({ source })
            .orderBy('received_at', 'desc')
            .first('source', 'received_at'),
        ),
      ),
    ]);
  return new Map(
    ids.map(id => {
      const waits = waiting.find(({ source }) => source === id);
      const away = turnedAway.find(row => row.id === id);
      const last = newest.find(row => row?.source === id);
      return [
        id,
        {
          path: `/api/day2/webhooks/${id}`,
          waiting: Number(waits?.n ?? 0),
          ...(waits ? { waitingBytes: Number(waits.bytes ?? 0) } : {}),
          ...(away
            ? {
                turnedAway: {
                  count: Number(away.turned_away),
                  lastAt: iso(toNumber(away.turned_away_at)),
                },
              }
            : {}),
          ...(last ? { lastAt: iso(toNumber(last.received_at)) } : {}),
        },
      ];
    }),
  );
}
