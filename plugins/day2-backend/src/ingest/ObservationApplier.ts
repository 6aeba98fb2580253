import type { EnvironmentRule } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { applyMeasurements } from '../objectives/applyMeasurements';
import { PersonStore } from '../persons/PersonStore';
import { commitStore } from '../repositories/CommitStore';
import { subjectTraits } from '../subjects/subjectTraits';
import { addCounts } from './addCounts';
import { ObservationStore } from './ObservationStore';
import type { Run, Said } from './runsOf';
import { withdrawSlice } from './withdrawObservations';

/** Writes what observations say, in the caller's transaction. */
export class ObservationApplier {
  readonly #persons: PersonStore;
  readonly #observations: ObservationStore;

  private constructor(options: {
    database: Knex;
    environments: EnvironmentRule[];
  }) {
    this.#persons = PersonStore.create(options);
    this.#observations = ObservationStore.create(options);
  }

  static create(options: {
    database: Knex;
    environments: EnvironmentRule[];
  }): ObservationApplier {
    return new ObservationApplier(options);
  }

  /** Applies parts of a batch in their order. */
  async apply(options: {
    transaction: Knex.Transaction;
    source: string;
    runs: Run[];
    passId?: string;
    now: number;
  }): Promise<{
    applied: number;
    ignored: number;
    counts: Record<string, number>;
  }> {
    const { transaction, source, runs, now, passId } = options;
    const counts: Record<string, number> = {};
    let applied = 0;
    let ignored = 0;
    const personIds = await this.#persons.resolve({
      transaction,
      persons: runs.flatMap(run =>
        run.kind === 'said' ? run.said.flatMap(personsOf) : [],
      ),
      now,
    });
    for (const run of runs) {
      if (run.kind === 'withdrawn') {
        let more = true;
        while (more) {
          const slice = await withdrawSlice({ transaction, source, run, now });
          const { keys } = slice;
          await subjectTraits.reobserve({ transaction, source, keys, now });
          addCounts(counts, slice.removed, -1);
          ({ more } = slice);
        }
        applied += run.keyPrefixes.length;
        continue;
      }
      const { said } = run;
      const records = await this.#observations.apply({
        transaction,
        source,
        records: said.flatMap(each =>
          each.kind === 'record' ? [each.record] : [],
        ),
        personIds,
        passId,
        now,
      });
      const commits = await commitStore.applyCommits({
        transaction,
        source,
        commits: said.flatMap(each =>
          each.kind === 'commit' ? [each.commit] : [],
        ),
        personIds,
        now,
      });
      const tags = await commitStore.applyTags({
        transaction,
        source,
        tags: said.flatMap(each => (each.kind === 'tag' ? [each.tag] : [])),
        now,
      });
      const measured = await applyMeasurements({
        transaction,
        source,
        measurements: said.flatMap(each =>
          each.kind === 'measurement' ? [each.measurement] : [],
        ),
        now,
      });
      addCounts(counts, {
        ...records.added,
        commit: commits.added,
        tag: tags.inserted,
        slot: measured.added,
      });
      for (const each of [records, commits, tags, measured]) {
        applied += each.applied;
        ignored += each.ignored;
      }
    }
    return { applied, ignored, counts };
  }
}

function personsOf(prepared: Said) {
  if (prepared.kind === 'record') {
    return prepared.record.persons;
  }
  return prepared.kind === 'commit' ? prepared.commit.authors : [];
}
