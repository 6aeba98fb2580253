import type { Knex } from 'knex';
import { whereElapsed } from '../database';
import { z } from 'zod';

/** The row of the sources' table that the directory keeps its lease and state in. */
export const DIRECTORY_SOURCE_ID = 'catalog';

const LEASE_MS = 60_000;
const EVERY_MS = 60_000;
const SOON_MS = 10_000;

const State = z.object({
  /** Since when the catalog names far fewer services; epoch milliseconds. */
  dropSince: z.number().optional(),
  /** The last pass found nothing new; the catalog is not being filled. */
  settled: z.boolean().default(false),
});

/** What the directory remembers between passes. */
export type DirectoryState = z.infer<typeof State>;

/**
 * One replica at a time reads the catalog. The lease is a row with an epoch,
 * as each source's is: a process that was killed blocks nobody for longer than
 * a minute, and one that lost its lease writes nothing more.
 */
export class DirectoryLease {
  readonly #database: Knex;
  readonly #holder: string;
  readonly #now: () => number;

  private constructor(options: {
    database: Knex;
    holder: string;
    now: () => number;
  }) {
    this.#database = options.database;
    this.#holder = options.holder;
    this.#now = options.now;
  }

  static create(options: {
    database: Knex;
    holder: string;
    now?: () => number;
  }): DirectoryLease {
    return new DirectoryLease({ ...options, now: options.now ?? Date.now });
  }

  /** @returns the epoch, or undefined where another replica holds it */
  async take(): Promise<number | undefined> {
    const now = this.#now();
    await this.#database('source')
      .insert({ id: DIRECTORY_SOURCE_ID })
      .onConflict('id')
      .ignore();
    const taken = await this.#database('source')
      .where('id', DIRECTORY_SOURCE_ID)
      .where(row =>
        whereElapsed(row, { column: 'expires_at', now, longestMs: LEASE_MS }),
      )
      .update({
        holder: this.#holder,
        epoch: this.#database.raw('epoch + 1'),
        expires_at: now + LEASE_MS,
        last_attempt_at: now,
      });
    if (taken === 0) {
      return undefined;
    }
    const row = await this.#database('source')
      .where('id', DIRECTORY_SOURCE_ID)
      .first('epoch');
    return Number(row.epoch);
  }

  /**
   * Renews the lease; inside a transaction, as each that a pass writes with
   * does, what else it writes depends on still holding it.
   *
   * @throws Error where it was lost
   */
  async renew(options: { epoch: number; database?: Knex }): Promise<void> {
    const renewed = await (options.database ?? this.#database)('source')
      .where({ id: DIRECTORY_SOURCE_ID, epoch: options.epoch })
      .update({ expires_at: this.#now() + LEASE_MS });
    if (renewed === 0) {
      throw new Error('Another replica took over reading the catalog');
    }
  }

  async release(options: { epoch: number; error?: Error }): Promise<void> {
    const now = this.#now();
    await this.#database('source')
      .where({ id: DIRECTORY_SOURCE_ID, epoch: options.epoch })
      .update({
        expires_at: 0,
        ...(options.error
          ? {
              failing_since: this.#database.raw('coalesce(failing_since, ?)', [
                now,
              ]),
              error: JSON.stringify({
                code: 'internal',
                text: options.error.message,
              }),
            }
          : { last_success_at: now, failing_since: null, error: null }),
      });
  }

  /**
   * Whether it is time to read the catalog: a minute after the last pass of
   * any replica, sooner while the catalog is still being filled or failed.
   */
  async isDue(): Promise<boolean> {
    const row = await this.#database('source')
      .where('id', DIRECTORY_SOURCE_ID)
      .first('last_attempt_at', 'error', 'cursor');
    if (!row?.last_attempt_at) {
      return true;
    }
    const { settled } = State.parse(row.cursor ? JSON.parse(row.cursor) : {});
    const wait = row.error || !settled ? SOON_MS : EVERY_MS;
    // A tick a little early must not cost a whole turn.
    return this.#now() - Number(row.last_attempt_at) >= wait - 1_000;
  }

  /** When the catalog was read whole the last time; epoch milliseconds. */
  async lastSuccessAt(): Promise<number | undefined> {
    const row = await this.#database('source')
      .where('id', DIRECTORY_SOURCE_ID)
      .first('last_success_at');
    return row?.last_success_at ? Number(row.last_success_at) : undefined;
  }

  async state(): Promise<DirectoryState> {
    const row = await this.#database('source')
      .where('id', DIRECTORY_SOURCE_ID)
      .first('cursor');
    return State.parse(row?.cursor ? JSON.parse(row.cursor) : {});
  }

  async setState(state: DirectoryState): Promise<void> {
    await this.#database('source')
      .where('id', DIRECTORY_SOURCE_ID)
      .update({ cursor: JSON.stringify(state) });
  }
}
