import { ConflictError, InputError } from '@backstage/errors';
import type { DeploymentObservation } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { inTransaction } from '../database';
import type { ObservationApplier } from './ObservationApplier';
import { prepareObservation } from './prepareObservation';
import { runsOf } from './runsOf';
import { addToCounts } from './sourceRow';

/** The source of what is posted to the API. */
export const POSTED_SOURCE_ID = 'api';

/** A posted deployment, and the key that names it for ever among its caller's. */
export interface PostedDeployment {
  observation: DeploymentObservation;
  idempotency: { principal: string; key: string; bodyHash: string };
}

/**
 * Takes in a posted deployment, once for each idempotency key.
 *
 * @throws ConflictError when the key came with another body before
 * @throws InputError when the deployment cannot be taken in
 */
export async function applyPosted(
  options: PostedDeployment & {
    database: Knex;
    applier: ObservationApplier;
    now: () => number;
  },
): Promise<{ repeated: boolean; key: string }> {
  const { observation } = options;
  const { principal, key, bodyHash } = options.idempotency;
  const prepared = prepareObservation(observation, options.now());
  if (prepared.kind === 'rejected') {
    throw new InputError(prepared.reason);
  }
  return inTransaction(options.database, async transaction => {
    const now = options.now();
    await transaction('source')
      .insert({ id: POSTED_SOURCE_ID })
      .onConflict('id')
      .ignore();
    // Locks the row: posts of one moment come one after the other.
    await transaction('source')
      .where({ id: POSTED_SOURCE_ID })
      .update({ last_attempt_at: now, last_success_at: now });
    const before = await transaction('idempotency')
      .where({ principal, key })
      .first('body_hash');
    if (before) {
      if (before.body_hash !== bodyHash) {
        throw new ConflictError(
          'This idempotency key came with another body before; use a new key for a new deployment',
        );
      }
      return { repeated: true, key };
    }
    await transaction('idempotency').insert({
      principal,
      key,
      body_hash: bodyHash,
      observation_key: observation.key,
      at: now,
    });
    const tally = await options.applier.apply({
      transaction,
      source: POSTED_SOURCE_ID,
      runs: runsOf([prepared]),
      now,
    });
    await addToCounts({
      transaction,
      source: POSTED_SOURCE_ID,
      counts: tally.counts,
    });
    return { repeated: false, key };
  });
}
