import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Effect, EffectRequest } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { scrubTrouble } from '../ingest/scrub';
import { TELL_WITHIN_MS } from './queueEffects';

const EVERY_MS = 5_000;
const CLAIM_MS = 60_000;
const DELIVER_MS = 20_000;
const FIRST_RETRY_MS = 5_000;
const AT_ONCE = 20;
/** What is done, or was given up, is kept for as long. */
const KEEP_MS = 30 * 24 * 3600_000;

interface PendingEffect {
  id: string;
  effect: string;
  request: EffectRequest;
  attempts: number;
}

/**
 * Delivers the outbox: at least once, and the transitions of one record in
 * their order. Replicas share it by claims in the database; what fails is tried
 * again until it is too old to be news.
 */
export class EffectWorker {
  readonly #options: EffectWorkerOptions;
  readonly #holder = randomUUID();
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<number> | undefined;

  private constructor(options: EffectWorkerOptions) {
    this.#options = options;
  }

  static create(options: EffectWorkerOptions): EffectWorker {
    return new EffectWorker(options);
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.run().catch(error =>
        this.#options.logger.error('The outbox could not be worked on', {
          reason: scrubTrouble(String(error?.message ?? error)),
        }),
      );
    }, EVERY_MS);
  }

  /** Ends after the deliveries in hand. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort();
    await this.#running?.catch(() => {});
  }

  /** @returns how many were delivered, until nothing is due that nobody else has */
  async run(): Promise<number> {
    this.#running ??= this.#work().finally(() => {
      this.#running = undefined;
    });
    return await this.#running;
  }

  async #work(): Promise<number> {
    let delivered = 0;
    await this.#forget();
    while (!this.#stopping.signal.aborted) {
      const claimed = await this.#claim();
      if (claimed.length === 0) {
        return delivered;
      }
      for (const each of claimed) {
        delivered += (await this.#deliver(each)) ? 1 : 0;
      }
    }
    return delivered;
  }

  /** The due ones that come first of their record. */
  async #claim(): Promise<PendingEffect[]> {
    const { database, now } = this.#options;
    const at = now();
    const ids: string[] = await database('effect as e')
      .where('e.state', 'pending')
      .where('e.next_at', '<=', at)
      .where('e.claimed_until', '<=', at)
      .whereNotExists(
        database('effect as earlier')
          .where('earlier.state', 'pending')
          .whereRaw('earlier.effect = e.effect')
          .whereRaw('earlier.record_id = e.record_id')
          .where(builder =>
            builder
              .whereRaw('earlier.at < e.at')
              .orWhereRaw('earlier.at = e.at and earlier.id < e.id'),
          )
          .select(database.raw('1')),
      )
      .orderBy(['e.next_at', 'e.id'])
      .limit(AT_ONCE)
      .pluck('e.id');
    const claimed: PendingEffect[] = [];
    for (const id of ids) {
      const mine = await database('effect')
        .where({ id, state: 'pending' })
        .where('claimed_until', '<=', at)
        .update({ claimed_by: this.#holder, claimed_until: at + CLAIM_MS });
      if (mine > 0) {
        const row = await database('effect').where({ id }).first();
        claimed.push({ ...row, request: JSON.parse(row.request) });
      }
    }
    return claimed;
  }

  async #deliver(pending: PendingEffect): Promise<boolean> {
    const { database, effect: effectOf, logger, now } = this.#options;
    const { id, request, attempts } = pending;
    const mine = () =>
      database('effect').where({ id, claimed_by: this.#holder });
    const signal = AbortSignal.any([
      this.#stopping.signal,
      AbortSignal.timeout(DELIVER_MS),
    ]);
    try {
      const effect = effectOf(pending.effect);
      if (!effect) {
        throw new Error('No module adds this effect any more');
      }
      const isDone =
        attempts > 0 && (await effect.find?.(id, { signal })) === true;
      // The next attempt must know of this one, whatever becomes of us.
      await mine().update({ attempts: attempts + 1 });
      if (!isDone) {
        await effect.deliver(request, { signal });
      }
      await mine().update({ state: 'done', error: null, claimed_by: null });
      return true;
    } catch (error) {
      const reason = scrubTrouble(
        error instanceof Error ? error.message : String(error),
      );
      const wait = FIRST_RETRY_MS * 2 ** Math.min(attempts, 7);
      const isNews = now() + wait - request.at < TELL_WITHIN_MS;
      logger.warn('An effect could not be delivered', {
        effect: pending.effect,
        recordId: request.recordId,
        isTriedAgain: isNews,
        reason,
      });
      await mine().update({
        state: isNews ? 'pending' : 'given-up',
        next_at: now() + wait,
        claimed_by: null,
        claimed_until: 0,
        error: reason,
      });
      return false;
    }
  }

  async #forget(): Promise<void> {
    const { database, now } = this.#options;
    await database('effect')
      .whereIn('state', ['done', 'given-up'])
      .where('at', '<', now() - KEEP_MS)
      .delete();
  }
}

/** What the worker needs. */
export interface EffectWorkerOptions {
  database: Knex;
  logger: LoggerService;
  effect: (id: string) => Effect | undefined;
  now: () => number;
}
