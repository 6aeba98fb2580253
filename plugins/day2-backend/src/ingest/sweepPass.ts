import type { SourceBatch } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { chunksOf, CLOCKS_MS } from '../database';
import { subjectTraits } from '../subjects/subjectTraits';
import {
  withdrawRows,
  WITHDRAWN_COLUMNS,
  type WithdrawnRow,
} from './withdrawObservations';

const MAX_SWEPT = 0.3;
const SWEPT_PER_CHUNK = 500;
const MARKED_PER_PASS = 2_000;
/** Stands in place of the listing that named an observation last: missed since. */
const MISSED = 'missed:';
/** What stays away from complete listings for so long is gone. */
const CONFIRMED_MS = 10 * 60_000;
/** The same where nothing that was known is listed any more: it may be another's list. */
const CONFIRMED_WHOLE_MS = 24 * 3600_000;

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

/** What became of a sweep. */
export interface Sweep {
  /** How many fewer there are, by kind. */
  removed: Record<string, number>;
  more: boolean;
  /** Why not all was swept. */
  notice?: string;
}

/**
 * Withdraws what a completed full listing did not name. At most 500 at once:
 * called again, without `known`, it goes on.
 *
 * @remarks Where that is more than 30 % of what was known as the listing began,
 * the list may be short or another's: then only what stayed away from complete
 * listings for ten minutes is withdrawn, and where all is gone that was known,
 * for a day; the rest is kept, and the notice says so.
 */
export async function sweepPass(options: {
  transaction: Knex.Transaction;
  source: string;
  pass: Pass;
  known?: number;
  now: number;
}): Promise<Sweep> {
  const { known } = options;
  const [{ n }] = await vanished(options).count({ n: '*' });
  const count = Number(n);
  if (known !== undefined && count > known * MAX_SWEPT) {
    return await sweepConfirmed({ ...options, known, count });
  }
  const { removed, swept } = await sweep(vanished(options), options);
  return { removed, more: count > swept };
}

/** Of what is missed in doubt, what was missed before, and for long enough. */
async function sweepConfirmed(options: {
  transaction: Knex.Transaction;
  source: string;
  pass: Pass;
  known: number;
  count: number;
  now: number;
}): Promise<Sweep> {
  const { transaction, known, count, now } = options;
  const waitMs = count < known ? CONFIRMED_MS : CONFIRMED_WHOLE_MS;
  const { removed, swept } = await sweep(
    vanished(options)
      .where('pass_id', 'like', `${MISSED}%`)
      .where('pass_id', '<=', missedSince(now - waitMs)),
    options,
  );
  const fresh: string[] = await vanished(options)
    .where(query =>
      query
        .whereNull('pass_id')
        .orWhereNot('pass_id', 'like', `${MISSED}%`)
        // Marked by a clock that was ahead: it would be missed for as long as that was.
        .orWhere(mark =>
          mark
            .where('pass_id', 'like', `${MISSED}%`)
            .where('pass_id', '>', missedSince(now + CLOCKS_MS)),
        ),
    )
    .orderBy('seq')
    .limit(MARKED_PER_PASS)
    .pluck('seq');
  for (const chunk of chunksOf(fresh)) {
    await transaction('observation')
      .whereIn('seq', chunk)
      .update({ pass_id: missedSince(now) });
  }
  const words = count < known ? 'ten minutes' : 'a day';
  return {
    removed,
    more: false,
    notice:
      count > swept
        ? `Sweep refused: ${count} of ${known} items vanished at once. They are kept: it may not have listed everything. What complete listings miss for ${words} is taken out.`
        : undefined,
  };
}

/** Of one length, so that they compare as instants do. */
function missedSince(at: number): string {
  return `${MISSED}${new Date(at).toISOString()}`;
}

function vanished(options: {
  transaction: Knex.Transaction;
  source: string;
  pass: Pass;
}): Knex.QueryBuilder {
  return standing(options).where(query =>
    query.whereNull('pass_id').orWhereNot('pass_id', options.pass.id),
  );
}

async function sweep(
  what: Knex.QueryBuilder,
  options: { transaction: Knex.Transaction; source: string; now: number },
): Promise<{ removed: Record<string, number>; swept: number }> {
  const { transaction, source, now } = options;
  const rows: WithdrawnRow[] = await what
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
  return { removed, swept: rows.length };
}
