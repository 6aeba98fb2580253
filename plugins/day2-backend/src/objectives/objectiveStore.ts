import type { Knex } from 'knex';
import { chunksOf } from '../database';
import { parsePayload, type ObjectivePayload } from '../ingest/payloads';
import type { ObservedObjective } from './deriveObjective';
import type { ObjectiveRow } from './objectiveRecord';

/** A state that became another. */
export interface ObjectiveTransition {
  objective_id: string;
  /** End of the slot by which it did: epoch milliseconds. */
  at: number;
  from_state: string;
  to_state: string;
}

/** What objectives are derived from, and what they became. */
export const objectiveStore = {
  /** What sources said last of the objectives of subjects. */
  async observed(
    database: Knex,
    subjectIds: string[],
  ): Promise<ObservedObjective[]> {
    const rows: Record<string, any>[] = await database('observation')
      .whereIn('subject_id', subjectIds)
      .where('kind', 'objective')
      .whereNull('withdrawn_at')
      .orderBy(['source', 'key'])
      .select('source', 'key', 'subject_id', 'payload');
    return rows.map(row => {
      const { subject, ...definition } = parsePayload<ObjectivePayload>(
        row.payload,
      );
      return {
        source: row.source,
        key: row.key,
        subjectId: row.subject_id,
        definition,
      };
    });
  },

  async stored(database: Knex, subjectIds: string[]): Promise<ObjectiveRow[]> {
    return await database('objective').whereIn('subject_id', subjectIds);
  },

  /** Writes rows and what they need, and removes what is gone. */
  async write(
    transaction: Knex.Transaction,
    options: {
      rows: ObjectiveRow[];
      goneIds: string[];
      transitions: ObjectiveTransition[];
    },
  ): Promise<void> {
    const { rows, goneIds, transitions } = options;
    for (const chunk of chunksOf(goneIds)) {
      await transaction('objective').whereIn('id', chunk).delete();
      await transaction('objective_transition')
        .whereIn('objective_id', chunk)
        .delete();
    }
    for (const chunk of chunksOf(rows, 20)) {
      await transaction('objective').insert(chunk).onConflict('id').merge();
    }
    for (const chunk of chunksOf(transitions)) {
      await transaction('objective_transition')
        .insert(chunk)
        .onConflict(['objective_id', 'at'])
        // A slot that was corrected: it never became what was told first.
        .merge(['to_state']);
      await transaction('objective_transition')
        .whereIn(
          ['objective_id', 'at'],
          chunk.map(({ objective_id, at }) => [objective_id, at]),
        )
        .whereRaw('?? = ??', ['from_state', 'to_state'])
        .delete();
    }
  },
};
