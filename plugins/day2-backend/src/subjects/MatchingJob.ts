import { SubjectMatcher } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { chunksOf, inTransaction, readState, toNumber } from '../database';
import type { DeriveFailures } from '../derive/DeriveFailures';
import { dirtyMarks } from '../derive/DirtyMarks';
import { loadMatchableServices } from './loadMatchableServices';
import { markRelinked, relink, type DueSubject } from './relink';
import { SERVICES_GENERATION } from './SubjectStore';

const SUBJECTS_PER_CHUNK = 100;
const CHANGES_PER_CHUNK = 500;

/**
 * Ties subjects that are due to services, chunk by chunk, each a transaction of
 * its own: a crash goes on where it was.
 */
export class MatchingJob {
  readonly #database: Knex;
  readonly #failures: DeriveFailures;
  readonly #now: () => number;
  #index:
    | { generation: string | undefined; matcher: SubjectMatcher }
    | undefined;

  private constructor(options: MatchingJobOptions) {
    this.#database = options.database;
    this.#failures = options.failures;
    this.#now = options.now;
  }

  static create(options: MatchingJobOptions): MatchingJob {
    return new MatchingJob(options);
  }

  /** Subjects that wait to be matched, or whose changes wait to be tied anew. */
  async pending(): Promise<number> {
    const [{ n }] = await this.#database('subject')
      .whereNotNull('match_due')
      .orWhereNotNull('retie_after')
      .count({ n: '*' });
    return Number(n);
  }

  /** @returns how many subjects were matched */
  async matchChunk(): Promise<number> {
    const due: Record<string, any>[] = await this.#database('subject')
      .whereNotNull('match_due')
      .orderBy(['match_due', 'id'])
      .limit(SUBJECTS_PER_CHUNK + this.#failures.waiting('subject'))
      .select('*');
    const rows = due
      .filter(({ id }) => !this.#failures.isWaiting('subject', id))
      .slice(0, SUBJECTS_PER_CHUNK);
    if (rows.length === 0) {
      return 0;
    }
    const { generation, matcher } = await this.#services();
    const subjects: DueSubject[] = [];
    for (const row of rows) {
      try {
        subjects.push(matched(row, matcher));
      } catch (error) {
        await this.#failures.note({ queue: 'subject', key: row.id, error });
      }
    }
    await this.#applyEach(subjects, generation);
    return rows.length;
  }

  /** All in one transaction; where that fails, each by itself. */
  async #applyEach(
    subjects: DueSubject[],
    generation: string | undefined,
  ): Promise<void> {
    try {
      await inTransaction(this.#database, transaction =>
        this.#apply({ transaction, subjects, generation }),
      );
      await this.#failures.clear(
        'subject',
        subjects.map(({ id }) => id),
      );
    } catch (error) {
      if (subjects.length === 1) {
        await this.#failures.note({
          queue: 'subject',
          key: subjects[0].id,
          error,
        });
        return;
      }
      for (const subject of subjects) {
        await this.#applyEach([subject], generation);
      }
    }
  }

  /**
   * Marks the changes of subjects whose links changed, so that they are tied to
   * the services they belong to now.
   *
   * @returns how many were marked
   */
  async retieChunk(): Promise<number> {
    const subject = await this.#database('subject')
      .whereNotNull('retie_after')
      .orderBy('id')
      .first('id', 'retie_after');
    if (!subject) {
      return 0;
    }
    return inTransaction(this.#database, async transaction => {
      const rows = await transaction('change_subject')
        .where('subject_id', subject.id)
        .where('change_id', '>', subject.retie_after)
        .orderBy('change_id')
        .limit(CHANGES_PER_CHUNK)
        .select('change_id');
      const ids = rows.map(row => row.change_id);
      await dirtyMarks.changes(transaction, ids, this.#now());
      const last = ids.length < CHANGES_PER_CHUNK ? null : ids[ids.length - 1];
      // Not where the links have changed again: it then begins anew.
      await transaction('subject')
        .where({ id: subject.id, retie_after: subject.retie_after })
        .update({ retie_after: last });
      return Math.max(ids.length, 1);
    });
  }

  async #apply(options: {
    transaction: Knex.Transaction;
    subjects: DueSubject[];
    generation: string | undefined;
  }): Promise<number> {
    const { transaction } = options;
    const ids = options.subjects.map(({ id }) => id).sort();
    const locked = new Map<string, Record<string, any>>();
    for (const row of await transaction('subject')
      .whereIn('id', ids)
      .orderBy('id')
      .forUpdate()
      .select('id', 'match_due', 'traits_hash')) {
      locked.set(row.id, row);
    }
    // Read after the lock: who changes services raises this before it marks.
    if (
      (await readState(transaction, SERVICES_GENERATION)) !== options.generation
    ) {
      return options.subjects.length;
    }
    const subjects = options.subjects.filter(({ id, due, traitsHash }) => {
      const row = locked.get(id);
      return (
        toNumber(row?.match_due) === due && row?.traits_hash === traitsHash
      );
    });
    const now = this.#now();
    const changed = await relink({ transaction, subjects, now });
    for (const chunk of chunksOf(subjects.map(({ id }) => id))) {
      await transaction('subject')
        .whereIn('id', chunk)
        .update({ match_due: null });
    }
    for (const { id, note, newNote } of subjects) {
      if (note !== newNote) {
        await transaction('subject')
          .where({ id })
          .update({ match_note: newNote });
      }
    }
    await markRelinked({ transaction, subjects, changed, now });
    return options.subjects.length;
  }

  async #services(): Promise<{
    generation: string | undefined;
    matcher: SubjectMatcher;
  }> {
    const generation = await readState(this.#database, SERVICES_GENERATION);
    if (!this.#index || this.#index.generation !== generation) {
      this.#index = {
        generation,
        matcher: SubjectMatcher.create({
          services: await loadMatchableServices(this.#database),
        }),
      };
    }
    return this.#index;
  }
}

/** What the job needs. */
export interface MatchingJobOptions {
  database: Knex;
  failures: DeriveFailures;
  now: () => number;
}

function matched(
  row: Record<string, any>,
  matcher: SubjectMatcher,
): DueSubject {
  const { matches, note } = matcher.match({
    subject: { kind: row.kind, traits: JSON.parse(row.traits) },
  });
  return {
    id: row.id,
    kind: row.kind,
    repository: row.repository,
    due: toNumber(row.match_due),
    traitsHash: row.traits_hash,
    note: row.match_note,
    matches,
    newNote: note ?? null,
  };
}
