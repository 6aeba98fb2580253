import type { EnvironmentRule } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import {
  chunksOf,
  hashOf,
  inTransaction,
  readState,
  writeState,
} from '../database';
import { dirtyMarks } from '../derive/DirtyMarks';
import { FINGERPRINTS } from './RevisionLookup';

const LOOKED_AGAIN_PER_CHUNK = 200;
const STATE = 'application-rules';

/**
 * Lets the live state of applications be derived again, in the caller's
 * transaction: to be called with the subjects of every observation of kind
 * `application` that is taken in or withdrawn, and of every deployment that
 * names a manifest revision and is not itself a desired commit. Marking again
 * while somebody works on it raises the generation, and the work is repeated.
 */
export async function markApplicationsDirty(
  transaction: Knex.Transaction,
  subjectIds: Iterable<string>,
  now: number = Date.now(),
): Promise<void> {
  for (const chunk of chunksOf([...new Set(subjectIds)].sort())) {
    await transaction('dirty_application')
      .insert(chunk.map(id => ({ subject_id: id, since: now })))
      .onConflict('subject_id')
      .merge({
        generation: transaction.raw('?? + 1', ['dirty_application.generation']),
      });
  }
}

/** Marks those whose revisions were not in a mirror, when it is time to look again. */
export async function markLookedAgain(options: {
  database: Knex;
  now: () => number;
}): Promise<void> {
  const { database } = options;
  const now = options.now();
  const due: { id: string; subject_id: string }[] = await database(
    'application',
  )
    .where('look_again_at', '<=', now)
    .orderBy('look_again_at')
    .limit(LOOKED_AGAIN_PER_CHUNK)
    .select('id', 'subject_id');
  if (due.length === 0) {
    return;
  }
  await inTransaction(database, async transaction => {
    for (const chunk of chunksOf(due.map(({ id }) => id).sort())) {
      await transaction('application')
        .whereIn('id', chunk)
        .update({ look_again_at: null });
    }
    await markApplicationsDirty(
      transaction,
      due.map(({ subject_id }) => subject_id),
      now,
    );
  });
}

/** Marks all where other environments are configured, other repositories mirrored, or states told by something else. */
export async function markReconfigured(options: {
  database: Knex;
  environments: EnvironmentRule[];
  /** Another word where other repositories are. */
  mirrors: string;
  now: () => number;
}): Promise<void> {
  const { database, environments, mirrors } = options;
  const rules = hashOf([
    environments.map(({ name, match }) => ({ name, match })),
    mirrors,
    FINGERPRINTS,
  ]);
  if ((await readState(database, STATE)) === rules) {
    return;
  }
  await markAllApplications(database, options.now());
  await writeState(database, STATE, rules);
}

/** Marks all, those of applications that are gone too: their deployments stay. */
export async function markAllApplications(
  database: Knex,
  now: number,
): Promise<void> {
  await database.raw(
    `insert into dirty_application (subject_id, since)
       select distinct subject_id, cast(? as bigint) from observation
       where kind = 'application' and subject_id is not null
     on conflict (subject_id) do update
       set generation = dirty_application.generation + 1`,
    [now],
  );
}

/** Marks the sequences whose versions are read by the revisions that were synced. */
export async function markRolloutsDirty(
  transaction: Knex.Transaction,
  now: number,
): Promise<void> {
  const rows: { subject_id: string; environment: string }[] = await transaction(
    'observation',
  )
    .where('kind', 'deployment')
    .whereNull('withdrawn_at')
    .whereNotNull('subject_id')
    .where('payload', 'like', '%"manifestRevision"%')
    .whereNot('payload', 'like', '%"basis":"desired"%')
    .distinct('subject_id', 'environment');
  await dirtyMarks.sequencesOfSubjects(
    transaction,
    rows.map(({ subject_id, environment }) => ({
      subjectId: subject_id,
      environment,
    })),
    now,
  );
}
