import type { Knex } from 'knex';
import { chunksOf } from '../database';
import { dirtyMarks } from '../derive/DirtyMarks';
import { markReferencesDirty } from '../incidents/dirtyIncidents';
import { commitStore } from '../repositories/CommitStore';
import { addCounts } from './addCounts';
import { markConcerned } from './markConcerned';
import type { WithdrawalRun } from './runsOf';

/** As much as takes SQLite some 20 ms. */
const ROWS_PER_SLICE = 300;

/** An observation that is withdrawn. */
export interface WithdrawnRow {
  seq: string | number;
  source: string;
  key: string;
  kind: string;
  subject_id: string | null;
  environment: string | null;
  record_id: string | null;
}

export const WITHDRAWN_COLUMNS = [
  'seq',
  'source',
  'key',
  'kind',
  'subject_id',
  'environment',
  'record_id',
] as const;

/** What became of a slice. */
export interface WithdrawnSlice {
  /** How many observations there are fewer of, by kind. */
  removed: Record<string, number>;
  keys: string[];
  /** There may be more under these keys. */
  more: boolean;
}

/**
 * Withdraws whatever a source said under some keys, or under keys that begin
 * with one of them and a colon: a bounded part of it. Records are derived again
 * without it; the traits of subjects are the caller's to find anew.
 */
export async function withdrawSlice(options: {
  transaction: Knex.Transaction;
  source: string;
  run: WithdrawalRun;
  now: number;
}): Promise<WithdrawnSlice> {
  const { transaction, source, now, run } = options;
  const rows: WithdrawnRow[] = await standing({
    database: transaction,
    source,
    keyPrefixes: run.keyPrefixes,
  })
    .limit(ROWS_PER_SLICE)
    .select(...WITHDRAWN_COLUMNS);
  const removed = await withdrawRows({
    transaction,
    rows,
    reason: run.reason,
    now,
  });
  const more = rows.length === ROWS_PER_SLICE;
  if (!more) {
    const { commits, tags } = await commitStore.withdraw({
      transaction,
      source,
      keyPrefixes: run.keyPrefixes,
      now,
    });
    addCounts(removed, { commit: commits, tag: tags });
  }
  return { removed, keys: rows.map(({ key }) => key), more };
}

/** Whether a withdrawal takes more than one slice. */
export async function needsSlices(options: {
  database: Knex;
  source: string;
  run: WithdrawalRun;
}): Promise<boolean> {
  const rows = await standing({
    ...options,
    keyPrefixes: options.run.keyPrefixes,
  })
    .limit(ROWS_PER_SLICE)
    .select('seq');
  return rows.length === ROWS_PER_SLICE;
}

/** Marks rows as withdrawn, and what is derived from them as due. */
export async function withdrawRows(options: {
  transaction: Knex.Transaction;
  rows: WithdrawnRow[];
  reason: string;
  now: number;
}): Promise<Record<string, number>> {
  const { transaction, rows, now } = options;
  const removed: Record<string, number> = {};
  for (const chunk of chunksOf(rows)) {
    await transaction('observation')
      .whereIn(
        'seq',
        chunk.map(({ seq }) => seq),
      )
      .update({ withdrawn_at: now, withdrawn_reason: options.reason });
    for (const { kind } of chunk) {
      removed[kind] = (removed[kind] ?? 0) + 1;
    }
  }
  // Of what is gone no revision is looked up: only applications are less.
  await markConcerned({
    transaction,
    places: rows.map(row => ({ ...row, basis: 'desired' })),
    now,
  });
  await dirtyMarks.changes(
    transaction,
    rows.flatMap(({ record_id }) => (record_id ? [record_id] : [])),
    now,
  );
  await markReferencesDirty(
    transaction,
    rows.filter(({ kind }) => kind === 'incident'),
    now,
  );
  return removed;
}

// Ranges of the index on both databases: keys are compared by code point, and
// `;` is the next after `:`. The source is said in each, so that each is one.
function standing(options: {
  database: Knex;
  source: string;
  keyPrefixes: string[];
}) {
  const { database, source, keyPrefixes } = options;
  return database('observation')
    .whereNull('withdrawn_at')
    .where(query => {
      query.where(each => each.where({ source }).whereIn('key', keyPrefixes));
      for (const prefix of keyPrefixes) {
        query.orWhere(each =>
          each
            .where({ source })
            .where('key', '>=', `${prefix}:`)
            .where('key', '<', `${prefix};`),
        );
      }
    });
}
