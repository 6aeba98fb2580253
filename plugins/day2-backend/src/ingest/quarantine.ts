import type { Knex } from 'knex';
import { chunksOf, deterministicId } from '../database';
import { scrubItem, scrubTrouble } from './scrub';

/** Keeps what a source could not say well, with the reason, for people to look at. */
export async function quarantine(options: {
  transaction: Knex.Transaction;
  source: string;
  rejected: { key?: string; reason: string; item: unknown }[];
  now: number;
}): Promise<void> {
  const { transaction, source, now } = options;
  const rows = new Map<string, Record<string, unknown>>();
  for (const { key, reason, item } of options.rejected) {
    const row = {
      source,
      key: key?.slice(0, 500) ?? null,
      reason: scrubTrouble(reason),
      item: scrubItem(item),
      at: now,
    };
    // The same item rejected again, after a crash or a re-read, is one row.
    const id = deterministicId(source, row.key ?? '', row.reason, row.item);
    rows.set(id, { id, ...row });
  }
  for (const chunk of chunksOf([...rows.values()])) {
    await transaction('quarantine').insert(chunk).onConflict('id').ignore();
  }
}
