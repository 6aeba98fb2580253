import type { Knex } from 'knex';
import { toNumber } from '../database';
import { cutPage, decodeCursor } from '../http/cursor';
import type { Range } from '../http/range';

/** What a list of records of a service is asked for. */
export interface PageRequest {
  range: Range;
  cursor?: string;
  limit: number;
}

/**
 * A page of a list by time, newest first; of one instant by id, so that every
 * list of the same records is in the same order. A page goes on where the one
 * before ended, whatever has come in since.
 *
 * @param options - `query`: all but range, order and limit; `at`, `id`: its
 * columns of time (epoch milliseconds) and id
 * @throws InputError when the cursor is of another list
 */
export async function newestPage<TRow extends object>(
  options: PageRequest & { query: Knex.QueryBuilder; at: string; id: string },
): Promise<{ rows: TRow[]; nextCursor?: string }> {
  const { query, at, id, range, limit } = options;
  const after = decodeCursor({ cursor: options.cursor, kind: 'number' });
  query
    .where(at, '>=', range.from)
    .where(at, '<', range.to)
    .orderBy([
      { column: at, order: 'desc' },
      { column: id, order: 'desc' },
    ])
    .limit(limit + 1);
  if (after) {
    query.whereRaw('(??, ??) < (?, ?)', [at, id, after.at, after.id]);
  }
  const value = (row: TRow, column: string) =>
    (row as Record<string, string | number>)[column.split('.').pop() as string];
  return cutPage({
    rows: (await query) as TRow[],
    limit,
    position: row => ({
      at: toNumber(value(row, at)),
      id: String(value(row, id)),
    }),
  });
}
