import type { Knex } from 'knex';
import { dirtyMarks } from '../derive/DirtyMarks';
import { markApplicationsDirty } from '../gitops/dirtyApplications';
import { markObjectivesDirty } from '../objectives/dirtyObjectives';

/** An observation by what is derived from it. */
export interface ConcernedPlace {
  kind: string;
  subject_id: string | null;
  environment: string | null;
  /** Of a deployment, where it is known. */
  basis?: unknown;
}

/**
 * Marks what is derived from observations that were taken in, replaced or
 * withdrawn: sequences from deployments; from applications, and from the
 * roll-outs that name revisions, what is known of applications; objectives.
 */
export async function markConcerned(options: {
  transaction: Knex.Transaction;
  places: ConcernedPlace[];
  now: number;
}): Promise<void> {
  const { transaction, places, now } = options;
  await dirtyMarks.sequencesOfSubjects(
    transaction,
    places.flatMap(({ kind, subject_id: subjectId, environment }) =>
      kind === 'deployment' && subjectId && environment
        ? [{ subjectId, environment }]
        : [],
    ),
    now,
  );
  await markApplicationsDirty(
    transaction,
    places.flatMap(({ kind, subject_id, basis }) =>
      subject_id &&
      (kind === 'application' || (kind === 'deployment' && basis !== 'desired'))
        ? [subject_id]
        : [],
    ),
    now,
  );
  await markObjectivesDirty(
    transaction,
    places.flatMap(({ kind, subject_id }) =>
      subject_id && kind === 'objective' ? [subject_id] : [],
    ),
    now,
  );
}
