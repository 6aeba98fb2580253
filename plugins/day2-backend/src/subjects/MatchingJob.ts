import {
  SubjectMatcher,
  type MatchableService,
  type SubjectMatch,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import {
  chunksOf,
  deterministicId,
  inTransaction,
  readState,
  toNumber,
} from '../database';
import type { DeriveFailures } from '../derive/DeriveFailures';
import { dirtyMarks, type SequenceKey } from '../derive/DirtyMarks';
import { SERVICES_GENERATION } from './SubjectStore';

const SUBJECTS_PER_CHUNK = 100;
const CHANGES_PER_CHUNK = 500;

interface LinkColumns {
  id: string;
  subject_id: string;
  service_id: string;
  via: string;
  reason: string;
  paths: string | null;
  valid_to: number | null;
}

interface DueSubject {
  id: string;
  kind: string;
  repository: string | null;
  due: number;
  traitsHash: string;
  note: string | null;
  matches: SubjectMatch[];
  newNote: string | null;
}

function placeOf(
  link: Pick<LinkColumns, 'subject_id' | 'service_id' | 'via'>,
): string {
  return `${link.subject_id} ${link.service_id} ${link.via}`;
}

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
    const changed = await this.#relink(transaction, subjects);
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
    await this.#markChanged(transaction, subjects, changed);
    return options.subjects.length;
  }

  /** @returns the services that subjects gained, lost or have in another way */
  async #relink(
    transaction: Knex.Transaction,
    subjects: DueSubject[],
  ): Promise<Map<string, Set<string>>> {
    const ids = subjects.map(({ id }) => id);
    const all: LinkColumns[] = await transaction('link')
      .whereIn('subject_id', ids)
      .whereNot('via', 'person')
      .select(
        'id',
        'subject_id',
        'service_id',
        'via',
        'reason',
        'paths',
        'valid_to',
      );
    const before = new Map(
      all
        .filter(link => link.valid_to === null)
        .map(link => [placeOf(link), link]),
    );
    const changed = new Map<string, Set<string>>();
    const note = ({ subject_id, service_id }: LinkColumns) =>
      changed.set(
        subject_id,
        (changed.get(subject_id) ?? new Set()).add(service_id),
      );
    const now = this.#now();
    const opened: (LinkColumns & { valid_from: number })[] = [];
    for (const subject of subjects) {
      for (const match of subject.matches) {
        const link = {
          subject_id: subject.id,
          service_id: match.serviceId,
          via: match.rule,
          reason: match.reason,
          paths: match.paths ? JSON.stringify(match.paths) : null,
          valid_from: now,
          valid_to: null,
        };
        const place = placeOf(link);
        const known = before.get(place);
        if (known && known.paths === link.paths) {
          before.delete(place);
          if (known.reason !== link.reason) {
            await transaction('link')
              .where({ id: known.id })
              .update({ reason: link.reason });
            note(known);
          }
          continue;
        }
        // Of one place there is a row for each time that it held.
        const times = all.filter(each => placeOf(each) === place).length;
        const id = deterministicId('link', place, String(times));
        opened.push({ id, ...link });
      }
    }
    const ended = [...before.values()];
    for (const chunk of chunksOf(ended.map(({ id }) => id).sort())) {
      await transaction('link').whereIn('id', chunk).update({ valid_to: now });
    }
    for (const chunk of chunksOf(opened)) {
      await transaction('link').insert(chunk);
    }
    [...ended, ...opened].forEach(note);
    return changed;
  }

  async #markChanged(
    transaction: Knex.Transaction,
    subjects: DueSubject[],
    changed: Map<string, Set<string>>,
  ): Promise<void> {
    const dirty: SequenceKey[] = [];
    const ids = [...changed.keys()].sort();
    if (ids.length === 0) {
      return;
    }
    const observed = await transaction('observation')
      .whereIn('subject_id', ids)
      .where('kind', 'deployment')
      .distinct('subject_id', 'environment');
    for (const { subject_id, environment } of observed) {
      for (const serviceId of changed.get(subject_id) ?? []) {
        dirty.push({ serviceId, environment });
      }
    }
    // Another repository may resolve what every deployment of the service ran.
    const services = new Set(
      subjects
        .filter(({ kind }) => kind === 'repository')
        .flatMap(({ id }) => [...(changed.get(id) ?? [])]),
    );
    for (const chunk of chunksOf([...services].sort())) {
      await transaction('dirty_sequence')
        .whereIn('service_id', chunk)
        .update({ generation: transaction.raw('?? + 1', ['generation']) });
      const known = await transaction('deployment')
        .whereIn('service_id', chunk)
        .distinct('service_id', 'environment');
      for (const { service_id, environment } of known) {
        dirty.push({ serviceId: service_id, environment });
      }
    }
    await dirtyMarks.sequences(transaction, dirty, this.#now());
    await transaction('subject').whereIn('id', ids).update({ retie_after: '' });
  }

  async #services(): Promise<{
    generation: string | undefined;
    matcher: SubjectMatcher;
  }> {
    const generation = await readState(this.#database, SERVICES_GENERATION);
    if (!this.#index || this.#index.generation !== generation) {
      this.#index = {
        generation,
        matcher: SubjectMatcher.create({ services: await this.#load() }),
      };
    }
    return this.#index;
  }

  async #load(): Promise<MatchableService[]> {
    const services = new Map<string, MatchableService>();
    const rows = await this.#database('service').select(
      'id',
      'ref',
      'annotations',
      'removed_at',
    );
    for (const row of rows) {
      services.set(row.id, {
        id: row.id,
        refs: [row.ref],
        name: row.ref.slice(row.ref.indexOf('/') + 1),
        annotations: JSON.parse(row.annotations),
        removed: row.removed_at !== null,
      });
    }
    const aliases = await this.#database('service_alias').select(
      'ref',
      'service_id',
    );
    for (const { ref, service_id } of aliases) {
      const service = services.get(service_id);
      if (service && !service.refs.includes(ref)) {
        service.refs.push(ref);
      }
    }
    return [...services.values()];
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
