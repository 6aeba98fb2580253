import type { SourceBatch } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { chunksOf } from '../database';
import { subjectTraits } from '../subjects/subjectTraits';
import {
  withdrawRows,
  WITHDRAWN_COLUMNS,
  type WithdrawnRow,
} from './withdrawObservations';

const MAX_SWEPT = 0.3;
const SWEPT_PER_CHUNK = 500;

/** A full listing, or a part of it. */
export type Pass = NonNullable<SourceBatch['pass']>;

/** How many observations there are of what a listing names, as it begins. */
export async function countKnown(options: {
  transaction: Knex.Transaction;
  source: string;
  pass: Pass;
}): Promise<number> {
  const [{ n }] = await standing(options).count({ n: '*' });
  return Number(n);
}

/** Notes keys that a listing saw, though they are not said again. */
export async function touchStanding(options: {
  transaction: Knex.Transaction;
  source: string;
  pass: Pass;
}): Promise<void> {
  const { transaction, source, pass } = options;
  for (const chunk of chunksOf([...new Set(pass.standing)].sort())) {
    await transaction('observation')
      .where({ source })
      .whereIn('key', chunk)
      .update({ pass_id: pass.id });
  }
}

/** Of a source, and of the kinds that the pass names. */
function standing(options: {
  transaction: Knex.Transaction;
  source: string;
  pass: Pass;
}): Knex.QueryBuilder {
  const { transaction, source, pass } = options;
  const query = transaction('observation')
    .where({ source })
    .whereNull('withdrawn_at');
  return pass.kinds ? query.whereIn('kind', pass.kinds) : query;
}

/**
 * Withdraws what a completed full listing did not name, unless that is more
 * than 30 % of what was known as the listing began. At most 500 at once: called
 * again, without `known`, it goes on.
 *
 * @returns how many fewer by kind and whether there are more, or the notice that
 * says why nothing was swept
 */
export async function sweepPass(options: {
  transaction: Knex.Transaction;
  source: string;
  pass: Pass;
  known?: number;
  now: number;
}): Promise<{
  removed: Record<string, number>;
  more: boolean;
  notice?: string;
}> {
  const { transaction, source, pass, known, now } = options;
  const vanished = () =>
    standing(options).where(query =>
      query.whereNull('pass_id').orWhereNot('pass_id', pass.id),
    );
  const [{ n }] = await vanished().count({ n: '*' });
  const count = Number(n);
  if (known !== undefined && count > known * MAX_SWEPT) {
    return {
      removed: {},
      more: false,
      notice: `Sweep refused: ${count} of ${known} items vanished at once. They are kept: it may not have listed everything.`,
    };
  }
  const rows: WithdrawnRow[] = await vanished()
    .orderBy('seq')
    .limit(SWEPT_PER_CHUNK)
    .select(...WITHDRAWN_COLUMNS);
  const removed = await withdrawRows({
    transaction,
    rows,
    reason: 'The source no longer lists it',
    now,
  });
  await subjectTraits.reobserve({
    transaction,
    source,
    keys: rows.map(({ key }) => key),
    now,
  });
  return { removed, more: count > rows.length };
}
