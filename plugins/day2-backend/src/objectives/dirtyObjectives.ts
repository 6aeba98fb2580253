import type { Knex } from 'knex';
import { chunksOf, inTransaction, readState, writeState } from '../database';
import { measuringRules, type MeasuringSource } from './measuringSource';

const STATE = 'objective-rules';

/**
 * Lets the objectives of subjects be derived again, in the caller's
 * transaction. Marking again while somebody works on it raises the generation,
 * and the work is repeated.
 */
export async function markObjectivesDirty(
  transaction: Knex.Transaction,
  subjectIds: Iterable<string>,
  now: number,
): Promise<void> {
  for (const chunk of chunksOf([...new Set(subjectIds)].sort())) {
    await transaction('dirty_objective')
      .insert(chunk.map(id => ({ subject_id: id, since: now })))
      .onConflict('subject_id')
      .merge({
        generation: transaction.raw('?? + 1', ['dirty_objective.generation']),
      });
  }
}

/**
 * Marks those that nothing measures, or something that is not there: another
 * replica, which was still told by the former configuration, may have said so.
 */
export async function markUnmeasured(options: {
  database: Knex;
  sources: MeasuringSource[];
  now: number;
}): Promise<void> {
  const { database, sources, now } = options;
  await inTransaction(database, async transaction => {
    const ids: string[] = await transaction('objective')
      .whereNotNull('indicator_id')
      .where(query =>
        query.whereNull('measured_by').orWhereNotIn(
          'measured_by',
          sources.map(({ id }) => id),
        ),
      )
      .distinct()
      .orderBy('subject_id')
      .pluck('subject_id');
    await markObjectivesDirty(transaction, ids, now);
  });
}

/** Marks all where other sources measure, or by other names. */
export async function markRemeasured(options: {
  database: Knex;
  sources: MeasuringSource[];
  now: number;
}): Promise<void> {
  const { database, now } = options;
  const rules = measuringRules(options.sources);
  if ((await readState(database, STATE)) === rules) {
    return;
  }
  await inTransaction(database, async transaction => {
    const ids: string[] = await transaction('objective')
      .distinct()
      .orderBy('subject_id')
      .pluck('subject_id');
    await markObjectivesDirty(transaction, ids, now);
  });
  await writeState(database, STATE, rules);
}
