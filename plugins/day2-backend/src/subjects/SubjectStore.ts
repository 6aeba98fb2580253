import type { Knex } from 'knex';
import {
  bumpState,
  chunksOf,
  deterministicId,
  inTransaction,
} from '../database';

/** Raised whenever services or their annotations changed. */
export const SERVICES_GENERATION = 'services-generation';

/** The same id for the same subject, on every replica. */
export function subjectIdOf(source: string, key: string): string {
  return deterministicId('subject', source, key);
}

/** Which of the things that sources speak about wait to be matched. */
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
