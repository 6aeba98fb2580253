import type { Knex } from 'knex';

// Deadlock and serialisation failure of PostgreSQL, a busy SQLite file.
const TRANSIENT = new Set(['40P01', '40001', 'SQLITE_BUSY', 'SQLITE_LOCKED']);
const ATTEMPTS = 5;

/**
 * Runs `work` in one transaction and repeats it where the database asks for
 * that, so it must have no effect but on the database.
 *
 * @remarks `work` uses the transaction only: better-sqlite3 has one connection,
 * and the outer knex would wait for itself for ever. Keep it under 50 ms there.
 */
export async function inTransaction<T>(
  database: Knex,
  work: (transaction: Knex.Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.transaction(work);
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      if (
        attempt >= ATTEMPTS ||
        typeof code !== 'string' ||
        !TRANSIENT.has(code)
      ) {
        throw error;
      }
      await new Promise(resolve =>
        setTimeout(resolve, 5 * attempt + Math.random() * 10 * attempt),
      );
    }
  }
}
