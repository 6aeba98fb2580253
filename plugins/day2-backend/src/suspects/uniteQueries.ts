import type { Knex } from 'knex';
import { chunksOf } from '../database';

const QUERIES_PER_STATEMENT = 20;

/** The rows of several queries, each with a limit of its own, in few statements. */
export async function uniteQueries<T>(
  transaction: Knex,
  queries: readonly Knex.QueryBuilder[],
): Promise<T[]> {
  const rows: T[] = [];
  for (const chunk of chunksOf(queries, QUERIES_PER_STATEMENT)) {
    // SQLite takes a limit only of what is a table to another.
    const [first, ...others] = chunk.map((query, at) =>
      transaction.select('*').from(query.as(`part${at}`)),
    );
    rows.push(...(await first.unionAll(others)));
  }
  return rows;
}
