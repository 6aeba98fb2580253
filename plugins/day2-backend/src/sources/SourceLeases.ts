import type { SourceErrorCode } from '@day2/backstage-plugin-day2-common';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { CLOCKS_MS, inTransaction, whereElapsed } from '../database';

/** Between two runs that a tool's hints ask for. */
export const HINT_PAUSE_MS = 2_000;

/** The right to run a source, until it expires or another epoch begins. */
export interface SourceLease {
  sourceId: string;
  epoch: number;
  cursor?: JsonObject;
  /** To be read from the beginning. */
  reread: boolean;
  failures: number;
}

/**
 * Who runs which source: a row `(holder, epoch, expires)` each. Every taking
 * raises the epoch, so whatever a former holder still tries touches no row.
 */
export class SourceLeases {
  readonly #database: Knex;
  readonly #holder: string;
  readonly #now: () => number;
  readonly #leaseMs: number;

  private constructor(options: {
    database: Knex;
    holder: string;
    now: () => number;
    leaseMs: number;
  }) {
    this.#database = options.database;
    this.#holder = options.holder;
    this.#now = options.now;
    this.#leaseMs = options.leaseMs;
  }

  static create(options: {
    database: Knex;
    holder: string;
    now: () => number;
    leaseMs: number;
  }): SourceLeases {
    return new SourceLeases(options);
  }

  /** Gives each source its row. */
  async register(ids: string[]): Promise<void> {
    for (const id of ids) {
      await this.#database('source').insert({ id }).onConflict('id').ignore();
    }
  }

  /** Sources that are due, not paused and run by no one; the longest due first. */
  async due(): Promise<string[]> {
    const now = this.#now();
    const rows = await this.#database('source')
      .where(row => this.#whereDue(row, now))
      .where('paused', false)
      .orderBy('next_run_at')
      .select('id');
    return rows.map(row => row.id);
  }

  /** Takes the lease; undefined where another has it or the source is not due. */
  async acquire(sourceId: string): Promise<SourceLease | undefined> {
    return inTransaction(this.#database, async transaction => {
      const now = this.#now();
      const taken = await transaction('source')
        .where({ id: sourceId, paused: false })
        .where(row => this.#whereDue(row, now))
        .update({
          holder: this.#holder,
          epoch: transaction.raw('?? + 1', ['epoch']),
          expires_at: now + this.#leaseMs,
          last_attempt_at: now,
        });
      if (taken === 0) {
        return undefined;
      }
      const row = await transaction('source')
        .where({ id: sourceId })
        .first('epoch', 'cursor', 'reread', 'failures');
      return {
        sourceId,
        epoch: row.epoch,
        cursor: row.cursor ? JSON.parse(row.cursor) : undefined,
        reread: Boolean(row.reread),
        failures: row.failures,
      };
    });
  }

  /** Holds it for longer; false where it is lost, or the source was paused. */
  async renew(lease: SourceLease): Promise<boolean> {
    const now = this.#now();
    const kept = await this.#database('source')
      .where({ id: lease.sourceId, epoch: lease.epoch, paused: false })
      .where('expires_at', '>', now)
      .update({ expires_at: now + this.#leaseMs });
    return kept > 0;
  }

  /** Ends a run that read everything there was; where its tool told of more meanwhile, it is due again. */
  async recordSuccess(
    lease: SourceLease,
    options: { nextRunAt: number },
  ): Promise<void> {
    const now = this.#now();
    await this.#release(lease, {
      next_run_at: this.#database.raw(
        'case when ?? then cast(? as bigint) else cast(? as bigint) end',
        ['hinted', now + HINT_PAUSE_MS, Math.round(options.nextRunAt)],
      ),
      hinted: false,
      last_success_at: now,
      reread: false,
      failing_since: null,
      failures: 0,
      error: null,
    });
  }

  /** Ends a slice in the middle: there is more, and nothing failed. */
  async recordSlice(
    lease: SourceLease,
    options: { progressed: boolean },
  ): Promise<void> {
    await this.#release(lease, {
      next_run_at: this.#now(),
      ...(options.progressed
        ? { failing_since: null, failures: 0, error: null }
        : {}),
    });
  }

  /** Ends a run that failed. */
  async recordFailure(
    lease: SourceLease,
    options: {
      error: { code: SourceErrorCode; text: string; fix?: string };
      nextRunAt: number;
    },
  ): Promise<void> {
    const now = this.#now();
    await this.#release(lease, {
      next_run_at: Math.round(options.nextRunAt),
      failures: lease.failures + 1,
      failing_since: this.#database.raw('coalesce(??, ?)', [
        'failing_since',
        now,
      ]),
      error: JSON.stringify(options.error),
    });
  }

  /** What a clock that was ahead put off is due. */
  #whereDue(query: Knex.QueryBuilder, now: number): void {
    query.where(row =>
      row
        .where('next_run_at', '<=', now)
        .orWhere('last_attempt_at', '>', now + CLOCKS_MS),
    );
    whereElapsed(query, {
      column: 'expires_at',
      now,
      longestMs: this.#leaseMs,
    });
  }

  async #release(
    lease: SourceLease,
    columns: Record<string, unknown>,
  ): Promise<void> {
    await this.#database('source')
      .where({ id: lease.sourceId, epoch: lease.epoch })
      .update({ ...columns, holder: null, expires_at: 0 });
  }
}
