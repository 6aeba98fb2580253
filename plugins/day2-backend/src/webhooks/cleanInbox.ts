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
  // Said again as it is deleted: a delivery may come again in between, and waits.
  const isOrphaned = (row: Knex.QueryBuilder) =>
    row
      .where({ state: 'waiting' })
      .whereNotIn('source', sources)
      .where('received_at', '<=', now - HASH_MS);
  const isExpired = (row: Knex.QueryBuilder) =>
    row.where('expires_at', '<=', now);
  const orphaned = await table().where(isOrphaned).limit(limit).pluck('seq');
  const expired: Record<string, any>[] = await table()
    .where(isExpired)
    .orderBy('expires_at')
    .limit(limit)
    .select('seq', 'received_at');
  const isGone = (row: Record<string, any>) =>
    toNumber(row.received_at)! <= now - HASH_MS;
  const seqs = (rows: Record<string, any>[]) => rows.map(({ seq }) => seq);
  await table().whereIn('seq', orphaned).where(isOrphaned).delete();
  await table()
    .whereIn('seq', seqs(expired.filter(isGone)))
    .where(isExpired)
    .delete();
  await table()
    .whereIn('seq', seqs(expired.filter(row => !isGone(row))))
    .where(isExpired)
    .update({
      body: null,
      expires_at: database.raw('?? + ?', ['received_at', HASH_MS]),
    });
  return Math.max(orphaned.length, expired.length) >= limit;
}
