import type { Knex } from 'knex';

/** Deliveries of which something could not be taken in are tried again, where they are still kept. */
export async function replayDeliveries(options: {
  transaction: Knex.Transaction;
  source: string;
}): Promise<void> {
  const { transaction, source } = options;
  await transaction('webhook_delivery')
    .where({ source, rejected: true })
    .whereNotNull('body')
    .update({
      state: 'waiting',
      rejected: false,
      attempts: 0,
      due_at: 0,
      claimed_until: 0,
      expires_at: null,
    });
}
