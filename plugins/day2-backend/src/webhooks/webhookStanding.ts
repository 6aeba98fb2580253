import type { SourceStatus } from '@day2/backstage-plugin-day2-common';
import type { Source } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { toNumber } from '../database';
import { iso } from '../http/range';

/** How deliveries stand, by source: for those that take any. */
export async function webhookStanding(options: {
  database: Knex;
  sources: Source[];
}): Promise<Map<string, NonNullable<SourceStatus['webhook']>>> {
  const ids = options.sources.flatMap(({ id, webhook }) =>
    webhook ? [id] : [],
  );
  if (ids.length === 0) {
    return new Map();
  }
  const table = () => options.database('webhook_delivery');
  const [waiting, newest]: Record<string, any>[][] = await Promise.all([
    table()
      .where({ state: 'waiting' })
      .whereIn('source', ids)
      .groupBy('source')
      .select('source')
      .count({ n: '*' }),
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
      const count = waiting.find(({ source }) => source === id)?.n;
      const last = newest.find(row => row?.source === id);
      return [
        id,
        {
          path: `/api/day2/webhooks/${id}`,
          waiting: Number(count ?? 0),
          ...(last ? { lastAt: iso(toNumber(last.received_at)) } : {}),
        },
      ];
    }),
  );
}
