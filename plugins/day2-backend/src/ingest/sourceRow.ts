import type { Knex } from 'knex';
import { canonicalJson } from '../database';
import { addCounts } from './addCounts';
import { LeaseLostError } from './LeaseLostError';

/**
 * The fence, which comes first in a transaction: it locks the row, so that no
 * one takes the lease before what follows is in.
 *
 * @throws LeaseLostError when it is not held
 */
export async function holdSource(options: {
  transaction: Knex.Transaction;
  source: string;
  epoch: number;
  now: number;
  /** Written with it. */
  columns?: Record<string, unknown>;
}): Promise<void> {
  const { transaction, source, epoch } = options;
  const held = await transaction('source')
    .where({ id: source, epoch })
    .where('expires_at', '>', options.now)
    .update({ epoch, ...options.columns });
  if (held === 0) {
    throw new LeaseLostError(source);
  }
}

/** Adds to how many observations there are of a source, by kind; `sign` -1 takes away. */
export async function addToCounts(options: {
  transaction: Knex.Transaction;
  source: string;
  counts: Record<string, number>;
  sign?: 1 | -1;
}): Promise<void> {
  const { transaction, source, counts, sign } = options;
  const row = await transaction('source').where({ id: source }).first('counts');
  await transaction('source')
    .where({ id: source })
    .update({
      counts: canonicalJson(addCounts(JSON.parse(row.counts), counts, sign)),
    });
}
