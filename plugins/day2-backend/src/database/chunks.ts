/**
 * Rows per statement: SQLite takes 500 terms of a compound select and knex
 * writes rows as such; both databases are quick with a hundred.
 */
export const ROWS_PER_STATEMENT = 100;

/** The items in arrays of at most `size`. */
export function chunksOf<T>(
  items: readonly T[],
  size: number = ROWS_PER_STATEMENT,
): T[][] {
  const chunks: T[][] = [];
  for (let at = 0; at < items.length; at += size) {
    chunks.push(items.slice(at, at + size));
  }
  return chunks;
}
