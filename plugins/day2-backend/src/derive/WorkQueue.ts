import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { chunksOf, toNumber, whereElapsed } from '../database';
import { LAST_RETRY_MS } from './retries';

/** A piece of work that is claimed, at the generation it is done for. */
export interface Claim<K extends Record<string, string | number>> {
  key: K;
  generation: number;
  token: string;
}

/**
 * Rows of work that replicas share: claimed for a while by a conditional
 * UPDATE, done only if nobody marked them again meanwhile.
 */
export class WorkQueue<K extends Record<string, string | number>> {
  readonly #database: Knex;
  readonly #table: string;
  readonly #columns: (keyof K & string)[];
  readonly #now: () => number;
  readonly #claimMs: number;

  private constructor(options: WorkQueueOptions<K>) {
    this.#database = options.database;
    this.#table = options.table;
    this.#columns = options.columns;
    this.#now = options.now;
    this.#claimMs = options.claimMs;
  }

  static create<K extends Record<string, string | number>>(
    options: WorkQueueOptions<K>,
  ): WorkQueue<K> {
    return new WorkQueue(options);
  }

  /** How many pieces are to be done, claimed ones too. */
  async pending(): Promise<number> {
    const [{ n }] = await this.#database(this.#table).count({ n: '*' });
    return Number(n);
  }

  /** Claims the longest waiting pieces that nobody works on. */
  async claim(limit: number): Promise<Claim<K>[]> {
    const now = this.#now();
    const free = await this.#database(this.#table)
      .where(row => this.#whereFree(row, now))
      .orderBy(['since', ...this.#columns])
      .limit(limit)
      .select(...this.#columns);
    if (free.length === 0) {
      return [];
    }
    return await this.#claimKeys(free);
  }

  /** Claims those of some pieces that are to be done and that nobody works on. */
  async claimThose(keys: readonly K[]): Promise<Claim<K>[]> {
    return keys.length === 0 ? [] : await this.#claimKeys(keys);
  }

  async #claimKeys(pieces: readonly K[]): Promise<Claim<K>[]> {
    const now = this.#now();
    const token = randomUUID();
    const keys = pieces.map(row => this.#columns.map(column => row[column]));
    for (const chunk of chunksOf(keys)) {
      await this.#database(this.#table)
        .whereIn(this.#columns, chunk)
        .where(row => this.#whereFree(row, now))
        .update({ claimed_by: token, claimed_until: now + this.#claimMs });
    }
    const claims: Claim<K>[] = [];
    for (const chunk of chunksOf(keys)) {
      const mine = await this.#database(this.#table)
        .whereIn(this.#columns, chunk)
        .where('claimed_by', token)
        .select(...this.#columns, 'generation');
      for (const { generation, ...key } of mine) {
        claims.push({ key, generation: toNumber(generation), token });
      }
    }
    return claims;
  }

  /**
   * In the transaction that writes what was done: holds the claim for longer.
   * False where it was marked again or somebody else has it: then write nothing.
   */
  async hold(transaction: Knex.Transaction, claim: Claim<K>): Promise<boolean> {
    const held = await this.#mine(transaction, claim).update({
      claimed_until: this.#now() + this.#claimMs,
    });
    return held > 0;
  }

  /** Ends the work; false where it must be done again. */
  async finish(
    transaction: Knex.Transaction,
    claim: Claim<K>,
  ): Promise<boolean> {
    return (await this.#mine(transaction, claim).delete()) > 0;
  }

  /**
   * Ends several pieces that were claimed together.
   *
   * @returns those that are done; the others must be done again
   */
  async finishAll(
    transaction: Knex.Transaction,
    claims: Claim<K>[],
  ): Promise<Claim<K>[]> {
    const done: Claim<K>[] = [];
    for (const chunk of chunksOf(claims)) {
      const nameOf = (row: Record<string, string | number>) =>
        JSON.stringify([
          ...this.#columns.map(column => row[column]),
          toNumber(row.generation),
        ]);
      const rows = await transaction(this.#table)
        .whereIn(
          this.#columns,
          chunk.map(({ key }) => this.#columns.map(column => key[column])),
        )
        .whereIn('claimed_by', [...new Set(chunk.map(({ token }) => token))])
        // Locked in one order by everybody.
        .orderBy(this.#columns)
        .select(...this.#columns, 'generation')
        .forUpdate();
      const mine = new Set(rows.map(nameOf));
      const ended = chunk.filter(({ key, generation }) =>
        mine.has(nameOf({ ...key, generation })),
      );
      await transaction(this.#table)
        .whereIn(
          this.#columns,
          ended.map(({ key }) => this.#columns.map(column => key[column])),
        )
        .delete();
      done.push(...ended);
    }
    return done;
  }

  /** Gives the claim back, for anyone to go on. */
  async release(claim: Claim<K>): Promise<void> {
    await this.#database(this.#table)
      .where({ ...claim.key, claimed_by: claim.token })
      .update({ claimed_by: null, claimed_until: 0 });
  }

  /** Keeps a piece that could not be done from everybody until later. */
  async postpone(claim: Claim<K>, until: number): Promise<void> {
    await this.#database(this.#table)
      .where({ ...claim.key, claimed_by: claim.token })
      .update({ claimed_by: null, claimed_until: until });
  }

  /** Nobody works on it, and it was not put off. */
  #whereFree(query: Knex.QueryBuilder, now: number): void {
    whereElapsed(query, {
      column: 'claimed_until',
      now,
      longestMs: Math.max(this.#claimMs, LAST_RETRY_MS),
    });
  }

  #mine(transaction: Knex.Transaction, claim: Claim<K>): Knex.QueryBuilder {
    return transaction(this.#table).where({
      ...claim.key,
      generation: claim.generation,
      claimed_by: claim.token,
    });
  }
}

/** What a queue needs. */
export interface WorkQueueOptions<K extends Record<string, string | number>> {
  database: Knex;
  table: string;
  /** Columns of the primary key. */
  columns: (keyof K & string)[];
  now: () => number;
  claimMs: number;
}
