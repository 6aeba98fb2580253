import type { WebhookDelivery } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { CLOCKS_MS } from '../database';
import { setAsideKey } from './setDeliveryAside';

/** What fails at each attempt costs no more than that. */
const EVERY_MS = 3_600_000;

/**
 * Keeps a delivery. One that could not be taken in, or was set aside, waits again
 * when its tool sends it again: what was in the way may be gone. Once an hour at
 * most; `due_at` says when it was its turn last.
 */
export async function keepDelivery(options: {
  database: Knex;
  source: string;
  body_hash: string;
  delivery: WebhookDelivery;
  /** Epoch milliseconds. */
  now: number;
}): Promise<void> {
  const { database, source, body_hash, delivery, now } = options;
  const { body } = delivery;
  const kept = {
    state: 'waiting',
    received_at: now,
    headers: JSON.stringify(delivery.headers),
    body,
    bytes: body.length,
  };
  await database('webhook_delivery')
    .insert({ source, body_hash, ...kept })
    .onConflict(['source', 'body_hash'])
    .ignore();
  const waits = await database('webhook_delivery')
    .where({ source, body_hash, rejected: true })
    .whereNot({ state: 'waiting' })
    .where(row =>
      row
        .where('due_at', '<=', now - EVERY_MS)
        .orWhere('due_at', '>', now + CLOCKS_MS),
    )
    .update({
      ...kept,
      rejected: false,
      attempts: 0,
      due_at: now,
      claimed_by: null,
      claimed_until: 0,
      expires_at: null,
    });
  if (waits > 0) {
    // It is said anew where it cannot be read again.
    await database('quarantine')
      .where({ source, key: setAsideKey(body_hash) })
      .delete();
  }
}
