import type { Knex } from 'knex';
import { chunksOf } from '../database';
import { dirtyMarks } from '../derive/DirtyMarks';
import { commitStore } from '../repositories/CommitStore';
import type { SubjectStore } from '../subjects/SubjectStore';

const MAX_SWEPT = 0.3;
const SWEPT_PER_CHUNK = 500;

interface WithdrawnRow {
  seq: string | number;
  key: string;
  kind: string;
  subject_id: string | null;
  environment: string | null;
  record_id: string | null;
}

const COLUMNS = [
  'seq',
  'key',
  'kind',
  'subject_id',
  'environment',
  'record_id',
] as const;

/**
 * Withdraws whatever a source said under a key, or under keys that begin with
 * it and a colon. Records are derived again without it.
 *
 * @returns how many observations there are fewer of, by kind
 */
export async function withdrawByPrefix(options: {
  transaction: Knex.Transaction;
  subjects: SubjectStore;
  source: string;
  keyPrefix: string;
  reason: string;
  now: number;
}): Promise<Record<string, number>> {
  const { transaction, source, keyPrefix } = options;
  const standing = () =>
    transaction('observation').where({ source }).whereNull('withdrawn_at');
  const same: WithdrawnRow[] = await standing()
    .where('key', keyPrefix)
    .select(...COLUMNS);
  // A range of the index on both databases: keys are compared by code point,
  // and `;` is the next after `:`.
  const below: WithdrawnRow[] = await standing()
    .where('key', '>=', `${keyPrefix}:`)
    .where('key', '<', `${keyPrefix};`)
    .select(...COLUMNS);
  const removed = await withdrawRows({ ...options, rows: [...same, ...below] });
  const { commits, tags } = await commitStore.withdraw(options);
  return { ...removed, commit: commits, tag: tags };
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
  subjects: SubjectStore;
  source: string;
  passId: string;
  known?: number;
  now: number;
}): Promise<{
  removed: Record<string, number>;
  more: boolean;
  notice?: string;
}> {
  const { transaction, source, passId, known } = options;
  const vanished = () =>
    transaction('observation')
      .where({ source })
      .whereNull('withdrawn_at')
      .where(query => query.whereNull('pass_id').orWhereNot('pass_id', passId));
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
    .select(...COLUMNS);
  return {
    removed: await withdrawRows({
      ...options,
      rows,
      reason: 'The source no longer lists it',
    }),
    more: count > rows.length,
  };
}

async function withdrawRows(options: {
  transaction: Knex.Transaction;
  subjects: SubjectStore;
  source: string;
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
  await options.subjects.reobserve({
    transaction,
    source: options.source,
    keys: rows.map(({ key }) => key),
    now,
  });
  await dirtyMarks.sequencesOfSubjects(
    transaction,
    rows.flatMap(({ subject_id, environment }) =>
      subject_id && environment ? [{ subjectId: subject_id, environment }] : [],
    ),
    now,
  );
  await dirtyMarks.changes(
    transaction,
    rows.flatMap(({ record_id }) => (record_id ? [record_id] : [])),
    now,
  );
  return removed;
}
