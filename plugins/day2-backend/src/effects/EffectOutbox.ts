import type { EffectRequest } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { toNumber, whereElapsed } from '../database';
import { GATHER_AT_MOST_MS, GATHER_MS, MAX_RETRY_MS } from './lateness';
import { toldStore } from './toldStore';

// Longer than to ask whether it was done, and to do it, may take.
const CLAIM_MS = 60_000;
/** Nothing waits longer to be told. */
const LONGEST_MS = Math.max(GATHER_AT_MOST_MS, MAX_RETRY_MS);

/** A row of the outbox that is ours for a while. */
export interface ClaimedEffect {
  id: string;
  effect: string;
  request: EffectRequest;
  /** How often it was tried before. */
  attempts: number;
  /** Epoch milliseconds. */
  learntAt: number;
  /** It waited for what else came: to be told with that. */
  isLate: boolean;
}

/** The rows of the outbox, which replicas share by claims. */
export class EffectOutbox {
  readonly #database: Knex;
  readonly #holder: string;
  readonly #now: () => number;

  private constructor(options: EffectOutboxOptions) {
    this.#database = options.database;
    this.#holder = options.holder;
    this.#now = options.now;
  }

  static create(options: EffectOutboxOptions): EffectOutbox {
    return new EffectOutbox(options);
  }

  /** Ids of the effects for which something is due. */
  async effects(): Promise<string[]> {
    return this.#database('effect')
      .where('state', 'pending')
      .where(row => whereDue(row, { column: 'next_at', now: this.#now() }))
      .distinct()
      .pluck('effect');
  }

  /** The next that is due and comes first of its record, if nobody else has it. */
  async claim(effect: string): Promise<ClaimedEffect | undefined> {
    const database = this.#database;
    for (;;) {
      const at = this.#now();
      const next = await database('effect as e')
        .where('e.state', 'pending')
        .where('e.effect', effect)
        .where(row => whereDue(row, { column: 'e.next_at', now: at }))
        .where(row => whereFree(row, { column: 'e.claimed_until', now: at }))
        .whereNotExists(
          database('effect as earlier')
            .where('earlier.state', 'pending')
            .whereRaw('earlier.effect = e.effect')
            .whereRaw('earlier.record_id = e.record_id')
            .whereRaw('earlier.seq < e.seq')
            .select(database.raw('1')),
        )
        .orderBy(['e.next_at', 'e.seq'])
        .first('e.id');
      if (!next) {
        return undefined;
      }
      const mine = await database('effect')
        .where({ id: next.id, state: 'pending' })
        .where(row => whereFree(row, { column: 'claimed_until', now: at }))
        .update({ claimed_by: this.#holder, claimed_until: at + CLAIM_MS });
      if (mine > 0) {
        const row = await database('effect').where({ id: next.id }).first();
        return {
          id: row.id,
          effect: row.effect,
          request: JSON.parse(row.request),
          attempts: row.attempts,
          learntAt: toNumber(row.learnt_at)!,
          isLate: Boolean(row.is_late),
        };
      }
    }
  }

  /** @returns whether it is still ours to do */
  async begin(claimed: ClaimedEffect): Promise<boolean> {
    const at = this.#now();
    const mine = await this.#mine(claimed)
      .where('claimed_until', '>', at)
      .update({
        attempts: claimed.attempts + 1,
        claimed_until: at + CLAIM_MS,
      });
    return mine === 1;
  }

  async done(claimed: ClaimedEffect): Promise<void> {
    await this.#mine(claimed).update({
      state: 'done',
      error: null,
      claimed_by: null,
    });
  }

  async postpone(
    claimed: ClaimedEffect,
    options: { reason: string; until: number },
  ): Promise<void> {
    await this.#mine(claimed).update({
      next_at: options.until,
      claimed_by: null,
      claimed_until: 0,
      error: options.reason,
    });
  }

  /** It is old by now, and nobody was told: as what is learnt late. */
  async holdBack(claimed: ClaimedEffect): Promise<void> {
    const now = this.#now();
    await this.#mine(claimed).update({
      is_late: true,
      learnt_at: now,
      next_at: now + GATHER_MS,
      claimed_by: null,
      claimed_until: 0,
    });
  }

  /** What was not announced has no end that is told. */
  async giveUp(
    claimed: ClaimedEffect,
    options: { reason: string },
  ): Promise<void> {
    const mine = await this.#mine(claimed).update({
      state: 'given-up',
      claimed_by: null,
      claimed_until: 0,
      error: options.reason,
    });
    const other = await this.#database('effect')
      .where({ effect: claimed.effect, record_id: claimed.request.recordId })
      .whereIn('state', ['pending', 'done'])
      .first('id');
    if (mine > 0 && !other) {
      const { digest, recordId } = claimed.request;
      for (const each of digest?.recordIds ?? [recordId]) {
        await toldStore.remove(this.#database, {
          effect: claimed.effect,
          recordId: each,
        });
      }
    }
  }

  /** Deletes what is done or given up and was learnt before. */
  async forget(before: number): Promise<void> {
    await this.#database('effect')
      .whereIn('state', ['done', 'given-up', 'outdated'])
      .where('learnt_at', '<', before)
      .delete();
  }

  #mine({ id }: ClaimedEffect) {
    return this.#database('effect').where({
      id,
      claimed_by: this.#holder,
      state: 'pending',
    });
  }
}

function whereDue(
  query: Knex.QueryBuilder,
  options: { column: string; now: number },
): void {
  whereElapsed(query, { ...options, longestMs: LONGEST_MS });
}

function whereFree(
  query: Knex.QueryBuilder,
  options: { column: string; now: number },
): void {
  whereElapsed(query, { ...options, longestMs: CLAIM_MS });
}

/** What the outbox needs. */
export interface EffectOutboxOptions {
  database: Knex;
  /** Names whoever claims. */
  holder: string;
  now: () => number;
}
