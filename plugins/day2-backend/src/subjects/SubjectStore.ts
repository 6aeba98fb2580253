import type { ObservedSubject } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import {
  bumpState,
  canonicalJson,
  chunksOf,
  deterministicId,
  hashOf,
  inTransaction,
  toNumber,
} from '../database';

import { parsePayload, type ChangePayload } from '../ingest/payloads';

/** Raised whenever services or their annotations changed. */
export const SERVICES_GENERATION = 'services-generation';

/** A subject as one observation names it. */
export interface SubjectSighting {
  subject: ObservedSubject;
  /** Key and instant of the observation: the latest one's traits count. */
  key: string;
  at: number;
}

/** The same id for the same subject, on every replica. */
export function subjectIdOf(source: string, key: string): string {
  return deterministicId('subject', source, key);
}

/** The things that sources speak about, and which of them wait to be matched. */
export class SubjectStore {
  readonly #database: Knex;

  private constructor(database: Knex) {
    this.#database = database;
  }

  static create(options: { database: Knex }): SubjectStore {
    return new SubjectStore(options.database);
  }

  /**
   * Lets subjects be matched again: all, those of a repository, or some. To be
   * called when a service appears, leaves, or what it is matched on changes, in
   * the transaction that writes it, so that a crash cannot come between.
   */
  async markDue(options: {
    all?: boolean;
    repository?: string;
    subjectIds?: string[];
    transaction?: Knex.Transaction;
  }): Promise<void> {
    const { transaction } = options;
    if (transaction) {
      await this.#markDue(transaction, options);
    } else {
      await inTransaction(this.#database, trx => this.#markDue(trx, options));
    }
  }

  /**
   * Notes the traits that observations give their subjects. The latest
   * observation's count, by time and then by key, whichever comes first.
   * Locks the subjects, so that matching them waits for this transaction.
   */
  async observe(options: {
    transaction: Knex.Transaction;
    source: string;
    observed: SubjectSighting[];
    now: number;
  }): Promise<void> {
    const { transaction, source, now } = options;
    const best = new Map<string, SubjectSighting>();
    for (const sighting of options.observed) {
      const known = best.get(sighting.subject.key);
      if (!known || isLater(sighting, known)) {
        best.set(sighting.subject.key, sighting);
      }
    }
    const ids = new Map(
      [...best.keys()].map(key => [subjectIdOf(source, key), key]),
    );
    const rows = new Map<string, Record<string, any>>();
    for (const chunk of chunksOf([...ids.keys()].sort())) {
      for (const row of await transaction('subject')
        .whereIn('id', chunk)
        .orderBy('id')
        .forUpdate()
        .select('id', 'traits_hash', 'traits_at', 'traits_by')) {
        rows.set(row.id, row);
      }
    }
    const inserts: Record<string, unknown>[] = [];
    for (const [id, key] of ids) {
      const sighting = best.get(key) as SubjectSighting;
      const row = rows.get(id);
      if (!row) {
        inserts.push({
          id,
          source,
          key,
          match_due: now,
          ...traitColumns(sighting),
        });
      } else if (
        row.traits_by === sighting.key ||
        isLater(sighting, {
          at: toNumber(row.traits_at),
          key: row.traits_by,
        })
      ) {
        await this.#setTraits({ transaction, id, row, sighting, now });
      }
    }
    for (const chunk of chunksOf(inserts)) {
      await transaction('subject').insert(chunk);
    }
  }

  /**
   * Finds the traits anew of subjects whose latest observation is among these:
   * it was replaced or withdrawn. Those of which nothing is left keep what was
   * said last.
   */
  async reobserve(options: {
    transaction: Knex.Transaction;
    source: string;
    keys: string[];
    now: number;
  }): Promise<void> {
    const { transaction, source, now } = options;
    for (const chunk of chunksOf(options.keys)) {
      const rows = await transaction('subject')
        .where({ source })
        .whereIn('traits_by', chunk)
        .orderBy('id')
        .forUpdate()
        .select('id', 'key', 'traits_hash');
      for (const row of rows) {
        const sighting = await this.#latest(transaction, row.id, row.key);
        if (sighting) {
          await this.#setTraits({
            transaction,
            id: row.id,
            row,
            sighting,
            now,
          });
        }
      }
    }
  }

  async #latest(
    transaction: Knex.Transaction,
    id: string,
    subjectKey: string,
  ): Promise<SubjectSighting | undefined> {
    const direct = transaction('observation')
      .where({ subject_id: id })
      .whereNull('withdrawn_at')
      .orderBy('at', 'desc')
      .limit(20)
      .select('key', 'at', 'payload');
    const touching = transaction('change_subject')
      .join('observation', 'observation.record_id', 'change_subject.change_id')
      .where('change_subject.subject_id', id)
      .whereNull('observation.withdrawn_at')
      .orderBy('observation.at', 'desc')
      .limit(20)
      .select('observation.key', 'observation.at', 'observation.payload');
    let best: SubjectSighting | undefined;
    for (const row of [...(await direct), ...(await touching)]) {
      const payload = parsePayload<ChangePayload>(row.payload) as Partial<
        ChangePayload & { subject: ObservedSubject }
      >;
      for (const subject of [
        ...(payload.subject ? [payload.subject] : []),
        ...(payload.touches ?? []).map(touch => touch.subject),
      ]) {
        const sighting = { subject, key: row.key, at: toNumber(row.at) };
        if (subject.key === subjectKey && (!best || isLater(sighting, best))) {
          best = sighting;
        }
      }
    }
    return best;
  }

  async #setTraits(options: {
    transaction: Knex.Transaction;
    id: string;
    row: Record<string, any>;
    sighting: SubjectSighting;
    now: number;
  }): Promise<void> {
    const columns = traitColumns(options.sighting);
    await options
      .transaction('subject')
      .where({ id: options.id })
      .update(
        columns.traits_hash === options.row.traits_hash
          ? { traits_at: columns.traits_at, traits_by: columns.traits_by }
          : { ...columns, match_due: options.now },
      );
  }

  async #markDue(
    transaction: Knex.Transaction,
    options: { all?: boolean; repository?: string; subjectIds?: string[] },
  ): Promise<void> {
    await bumpState(transaction, SERVICES_GENERATION);
    const due = { match_due: Date.now() };
    if (options.all) {
      await transaction('subject').update(due);
      return;
    }
    if (options.repository !== undefined) {
      await transaction('subject')
        .where({ repository: options.repository })
        .update(due);
    }
    for (const chunk of chunksOf([...(options.subjectIds ?? [])].sort())) {
      await transaction('subject').whereIn('id', chunk).update(due);
    }
  }
}

function traitColumns({ subject, key, at }: SubjectSighting) {
  const { kind, traits } = subject;
  return {
    kind,
    traits: canonicalJson(traits),
    traits_hash: hashOf({ kind, traits }),
    traits_at: at,
    traits_by: key,
    repository: traits.repository ?? null,
  };
}

function isLater(
  a: { at: number; key: string },
  b: { at: number; key: string },
): boolean {
  return a.at === b.at ? a.key > b.key : a.at > b.at;
}
