import type { SourceBatch } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { chunksOf } from '../database';
import { scrubText } from '../ingest/scrub';

/**
 * Notes which applications a tool does not let us see, in place of those noted
 * before: their state is unknown until they are read again. What the hub itself
 * could not take in stays noted as it is.
 */
export async function noteUnseen(options: {
  transaction: Knex.Transaction;
  source: string;
  unseen: NonNullable<SourceBatch['unseen']>;
}): Promise<void> {
  const { transaction, source } = options;
  const rows = new Map(
    options.unseen.map(({ key, since, reason }) => [
      key,
      { source, key, since, reason: scrubText(reason).slice(0, 500) },
    ]),
  );
  await transaction('application_unseen')
    .where({ source, rejected: false })
    .delete();
  for (const chunk of chunksOf([...rows.values()])) {
    await transaction('application_unseen')
      .insert(chunk)
      .onConflict(['source', 'key'])
      .ignore();
  }
}
