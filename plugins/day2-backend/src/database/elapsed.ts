import type { Knex } from 'knex';

/** So far the clocks of two replicas may be apart. */
export const CLOCKS_MS = 15 * 60_000;

interface Wait {
  /** Epoch milliseconds. */
  now: number;
  /** What nothing waits longer than. */
  longestMs: number;
}

/**
 * Whether a wait is over. One that ends later than it ever may was written by a
 * clock that was ahead, and is over too: else it would last as long as that was.
 *
 * @param until - epoch milliseconds
 */
export function isElapsed(until: number, { now, longestMs }: Wait): boolean {
  return until <= now || until > now + longestMs + CLOCKS_MS;
}

/** Narrows a query to rows whose wait is over, as `isElapsed` has it. */
export function whereElapsed(
  query: Knex.QueryBuilder,
  { column, now, longestMs }: Wait & { column: string },
): void {
  query.where(wait =>
    wait
      .where(column, '<=', now)
      .orWhere(column, '>', now + longestMs + CLOCKS_MS),
  );
}
