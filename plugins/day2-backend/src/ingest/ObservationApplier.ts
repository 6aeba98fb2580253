import type { EnvironmentRule } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { PersonStore } from '../persons/PersonStore';
import { commitStore } from '../repositories/CommitStore';
import { SubjectStore } from '../subjects/SubjectStore';
import { addCounts } from './addCounts';
import { ObservationStore } from './ObservationStore';
import type { Prepared } from './prepareObservation';
import { withdrawByPrefix } from './withdrawObservations';

/** Writes what observations say, in the caller's transaction. */
export class ObservationApplier {
  readonly #persons: PersonStore;
  readonly #subjects: SubjectStore;
  readonly #observations: ObservationStore;

  private constructor(options: {
    database: Knex;
    environments: EnvironmentRule[];
  }) {
    this.#persons = PersonStore.create(options);
    this.#subjects = SubjectStore.create(options);
    this.#observations = ObservationStore.create({
      environments: options.environments,
      subjects: this.#subjects,
    });
  }

  static create(options: {
    database: Knex;
    environments: EnvironmentRule[];
  }): ObservationApplier {
    return new ObservationApplier(options);
  }

  /** Applies items in their order: a withdrawal counts for what came before it. */
  async apply(options: {
    transaction: Knex.Transaction;
    source: string;
    prepared: Prepared[];
    passId?: string;
    now: number;
  }): Promise<{
    applied: number;
    ignored: number;
    counts: Record<string, number>;
  }> {
    const { transaction, source, prepared, now, passId } = options;
    const counts: Record<string, number> = {};
    let applied = 0;
    let ignored = 0;
    const personIds = await this.#persons.resolve({
      transaction,
      persons: prepared.flatMap(personsOf),
      now,
    });
    for (const run of runsOf(prepared)) {
      if (run[0].kind === 'withdrawn') {
        const removed = await withdrawByPrefix({
          transaction,
          subjects: this.#subjects,
          source,
          ...run[0].withdrawn,
          now,
        });
        addCounts(counts, removed, -1);
        applied += 1;
        continue;
      }
      const records = await this.#observations.apply({
        transaction,
        source,
        records: run.flatMap(each =>
          each.kind === 'record' ? [each.record] : [],
        ),
        personIds,
        passId,
        now,
      });
      const commits = await commitStore.applyCommits({
        transaction,
        source,
        commits: run.flatMap(each =>
          each.kind === 'commit' ? [each.commit] : [],
        ),
        personIds,
        now,
      });
      const tags = await commitStore.applyTags({
        transaction,
        source,
        tags: run.flatMap(each => (each.kind === 'tag' ? [each.tag] : [])),
        now,
      });
      addCounts(counts, {
        ...records.added,
        commit: commits.added,
        tag: tags.inserted,
      });
      applied += records.applied + commits.applied + tags.applied;
      ignored += records.ignored + commits.ignored + tags.ignored;
    }
    return { applied, ignored, counts };
  }
}

function personsOf(prepared: Prepared) {
  if (prepared.kind === 'record') {
    return prepared.record.persons;
  }
  return prepared.kind === 'commit' ? prepared.commit.authors : [];
}

/** Runs without a withdrawal between, each withdrawal by itself. */
function runsOf(prepared: Prepared[]): Prepared[][] {
  const runs: Prepared[][] = [];
  let open: Prepared[] | undefined;
  for (const each of prepared) {
    if (each.kind === 'rejected') {
      continue;
    }
    if (each.kind === 'withdrawn') {
      runs.push([each]);
      open = undefined;
    } else if (open) {
      open.push(each);
    } else {
      open = [each];
      runs.push(open);
    }
  }
  return runs;
}
