import type { WebhookDelivery } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { createHash, randomUUID } from 'node:crypto';
import { isElapsed, toNumber, whereElapsed } from '../database';
import { ClaimLostError } from './ClaimLostError';
import { BODY_MS, cleanInbox, HASH_MS } from './cleanInbox';
import { InboxFullError } from './InboxFullError';
import { joinHint } from './joinHint';
import { keepDelivery } from './keepDelivery';
import { InboxRoom, type WaitingLimits } from './InboxRoom';

const CLAIM_MS = 60_000;
const AT_ONCE = 20;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;

/** A delivery that nobody else works on. */
export interface ClaimedDelivery extends WebhookDelivery {
  seq: number;
  bodyHash: string;
  token: string;
  /** How often it failed before. */
  attempts: number;
}

/** Deliveries that were verified, kept until they are taken in. */
export class WebhookInbox {
  readonly #database: Knex;
  readonly #now: () => number;
  readonly #claimMs: number;
  readonly #room: InboxRoom;

  private constructor(options: WebhookInboxOptions) {
    this.#database = options.database;
    this.#now = options.now;
    this.#claimMs = options.claimMs ?? CLAIM_MS;
    this.#room = InboxRoom.create(options);
  }

  static create(options: WebhookInboxOptions): WebhookInbox {
    return new WebhookInbox(options);
  }

  /**
   * Keeps a delivery; the same body from the same source again changes nothing,
   * unless it could not be taken in. Of hints that wait one stands for all.
   *
   * @throws InboxFullError where too much waits already
   */
  async accept(options: {
    source: string;
    delivery: WebhookDelivery;
    isHint?: boolean;
  }): Promise<void> {
    const { source, delivery, isHint } = options;
    const now = this.#now();
    if (isHint && (await joinHint({ database: this.#database, source, now }))) {
      return;
    }
    const { body } = delivery;
    const body_hash = createHash('sha256').update(body).digest('hex');
    if (!(await this.#room.take(source, body.length))) {
      const known = await this.#database('webhook_delivery')
        .where({ source, body_hash, rejected: false })
        .first('seq');
      if (known) {
        return;
      }
      await this.#room.noteTurnedAway(source);
      throw new InboxFullError(
        'So much waits already that no more is kept; send it again later',
      );
    }
    await keepDelivery({
      database: this.#database,
      source,
      body_hash,
      delivery,
      now,
    });
  }

  /**
   * Claims the next deliveries of a source, in their order: none where another
   * works on the first, or the first waits to be tried again.
   */
  async claim(source: string): Promise<ClaimedDelivery[]> {
    const now = this.#now();
    const waiting: Record<string, any>[] = await this.#database(
      'webhook_delivery',
    )
      .where({ state: 'waiting', source })
      .orderBy('seq')
      .limit(AT_ONCE)
      .select('seq', 'due_at', 'claimed_until');
    const isOver = (until: unknown, longestMs: number) =>
      isElapsed(toNumber(until as number), { now, longestMs });
    const busy = waiting.findIndex(
      ({ claimed_until, due_at }) =>
        !isOver(claimed_until, this.#claimMs) || !isOver(due_at, LAST_RETRY_MS),
    );
    const free = waiting
      .slice(0, busy < 0 ? waiting.length : busy)
      .map(({ seq }) => toNumber(seq) as number);
    const token = randomUUID();
    const take = (seqs: number[]) =>
      this.#database('webhook_delivery')
        .where({ state: 'waiting' })
        .whereIn('seq', seqs)
        .where(row =>
          whereElapsed(row, {
            column: 'claimed_until',
            now,
            longestMs: this.#claimMs,
          }),
        )
        .update({ claimed_by: token, claimed_until: now + this.#claimMs });
    // Whoever has the first has the source.
    if (free.length === 0 || (await take(free.slice(0, 1))) === 0) {
      return [];
    }
    await take(free.slice(1));
    const rows: Record<string, any>[] = await this.#database('webhook_delivery')
      .whereIn('seq', free)
      .where({ claimed_by: token })
      .orderBy('seq')
      .select('seq', 'body_hash', 'headers', 'body', 'attempts');
    return rows.map(row => ({
      seq: toNumber(row.seq),
      bodyHash: row.body_hash,
      headers: JSON.parse(row.headers),
      body: Buffer.from(row.body ?? ''),
      attempts: row.attempts,
      token,
    }));
  }

  /**
   * In the transaction that takes them in: holds them for longer.
   *
   * @throws ClaimLostError where another has one of them by now
   */
  async hold(
    transaction: Knex.Transaction,
    claims: ClaimedDelivery[],
  ): Promise<void> {
    await this.#settle(transaction, claims, {
      claimed_until: this.#now() + this.#claimMs,
    });
  }

  /**
   * In the transaction that takes them in: they are done.
   *
   * @throws ClaimLostError where another has one of them by now
   */
  async finish(options: {
    transaction: Knex.Transaction;
    claims: ClaimedDelivery[];
    /** Something in them could not be taken in. */
    rejected: boolean;
  }): Promise<void> {
    await this.#settle(options.transaction, options.claims, {
      state: 'done',
      rejected: options.rejected,
      expires_at: this.#now() + BODY_MS,
      claimed_by: null,
    });
  }

  /**
   * In the transaction that says why: it cannot be read, and waits for people.
   *
   * @throws ClaimLostError where another has it by now
   */
  async setAside(
    transaction: Knex.Transaction,
    claim: ClaimedDelivery,
  ): Promise<void> {
    await this.#settle(transaction, [claim], {
      state: 'set-aside',
      rejected: true,
      expires_at: this.#now() + HASH_MS,
      claimed_by: null,
    });
  }

  /** Gives claims back, for anyone to go on. */
  async release(claims: ClaimedDelivery[]): Promise<void> {
    await this.#mine(this.#database, claims).update({
      claimed_by: null,
      claimed_until: 0,
    });
  }

  /** It failed for a reason that may pass: it is tried again later. */
  async postpone(claim: ClaimedDelivery): Promise<void> {
    const wait = Math.min(FIRST_RETRY_MS * 2 ** claim.attempts, LAST_RETRY_MS);
    await this.#mine(this.#database, [claim]).update({
      attempts: claim.attempts + 1,
      due_at: this.#now() + wait,
      claimed_by: null,
      claimed_until: 0,
    });
  }

  /** Deletes what is of no more use: as `cleanInbox`. */
  async clean(options: {
    sources: string[];
    limit?: number;
  }): Promise<boolean> {
    return cleanInbox({
      ...options,
      database: this.#database,
      now: this.#now(),
    });
  }

  async #settle(
    transaction: Knex.Transaction,
    claims: ClaimedDelivery[],
    columns: Record<string, unknown>,
  ): Promise<void> {
    const held = await this.#mine(transaction, claims).update(columns);
    if (held !== claims.length) {
      throw new ClaimLostError();
    }
  }

  #mine(database: Knex, claims: ClaimedDelivery[]): Knex.QueryBuilder {
    return database('webhook_delivery')
      .where({ state: 'waiting' })
      .whereIn(
        'seq',
        claims.map(({ seq }) => seq),
      )
      .whereIn('claimed_by', [...new Set(claims.map(({ token }) => token))]);
  }
}

/** What an inbox needs. */
export interface WebhookInboxOptions {
  database: Knex;
  now: () => number;
  /** How long a delivery is kept from others; a minute by default. */
  claimMs?: number;
  /** As in `InboxRoomOptions`. */
  limits?: WaitingLimits;
}
