import type { Knex } from 'knex';
import { toNumber } from '../database';

/** Bodies are of no more use after. */
export const BODY_MS = 7 * 86_400_000;
/** The same again is known for so long. */
export const HASH_MS = 30 * 86_400_000;

/**
 * Deletes what is of no more use, so much at once: bodies after 7 days, all
 * after 30, and what waits that long for a source that is no more.
 *
 * @returns whether there may be more
 */
export async function cleanInbox(options: {
  database: Knex;
  /** Sources that have a webhook. */
  sources: string[];
  now: number;
  limit?: number;
}): Promise<boolean> {
  const { database, sources, now, limit = 500 } = options;
  const table = () => database('webhook_delivery');
  const orphaned = await table()
    .where({ state: 'waiting' })
    .whereNotIn('source', sources)
    .where('received_at', '<=', now - HASH_MS)
    .limit(limit)
    .pluck('seq');
  const expired: Record<string, any>[] = await table()
    .where('expires_at', '<=', now)
    .orderBy('expires_at')
    .limit(limit)
    .select('seq', 'received_at');
  const gone = expired.filter(
    row => toNumber(row.received_at) <= now - HASH_MS,
  );
  const seqs = expired.filter(row => !gone.includes(row));
  await table()
    .whereIn('seq', [...orphaned, ...gone.map(({ seq }) => seq)])
    .delete();
  await table()
    .whereIn(
      'seq',
      seqs.map(({ seq }) => seq),
    )
    .update({
      body: null,
      expires_at: database.raw('?? + ?', ['received_at', HASH_MS]),
    });
  return Math.max(orphaned.length, expired.length) >= limit;
}
