import type { Knex } from 'knex';
import { inTransaction } from '../database';
import { quarantine } from '../ingest/quarantine';
import { isClaimLostError } from './ClaimLostError';
import type { ClaimedDelivery, WebhookInbox } from './WebhookInbox';

/** Keeps a delivery that cannot be read for people, with the reason and without secrets. */
export async function setDeliveryAside(options: {
  database: Knex;
  inbox: WebhookInbox;
  source: string;
  claim: ClaimedDelivery;
  reason: string;
  now: () => number;
}): Promise<void> {
  const { inbox, source, claim, reason } = options;
  try {
    await inTransaction(options.database, async transaction => {
      await inbox.setAside(transaction, claim);
      await quarantine({
        transaction,
        source,
        rejected: [
          {
            key: setAsideKey(claim.bodyHash),
            reason: `A delivery could not be read: ${reason}`,
            item: itemOf(claim.body),
          },
        ],
        now: options.now(),
      });
    });
  } catch (error) {
    if (!isClaimLostError(error)) {
      throw error;
    }
  }
}

/** What it is found by among what was set aside. */
export function setAsideKey(bodyHash: string): string {
  return `delivery ${bodyHash.slice(0, 12)}`;
}

/** As JSON where it is any, so that what is secret in it is found by its name. */
function itemOf(body: Buffer): unknown {
  const text = body.toString();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
