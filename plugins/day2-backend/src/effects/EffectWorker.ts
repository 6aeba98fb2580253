import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Effect } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { scrubTrouble } from '../ingest/scrub';
import { forgetDelivered } from './deliveredReferences';
import { EffectOutbox, type ClaimedEffect } from './EffectOutbox';
import { FIRST_RETRY_MS, LATE_MS, MAX_RETRY_MS } from './lateness';
import { LateNews } from './LateNews';
import { isPressing } from './newsOf';
import { toldStore } from './toldStore';

const EVERY_MS = 5_000;
const DELIVER_MS = 20_000;
/** What was learnt longer ago nobody is told any more. */
const TELL_WITHIN_MS = LATE_MS;
/** So often it is asked whether what is old was told, where that fails. */
const MAX_ASKED = 10;
/** What is done, or was given up, is kept for as long. */
const KEEP_MS = 30 * 24 * 3600_000;

/**
 * Delivers the outbox: at least once, and the transitions of one record in
 * their order. Each effect has a lane of its own, so that a slow one holds up no
 * other. Replicas share it by claims in the database; what fails is tried again
 * until it is too old to be news.
 */
export class EffectWorker {
  readonly #options: EffectWorkerOptions;
  readonly #outbox: EffectOutbox;
  readonly #late: LateNews;
  readonly #lanes = new Map<string, Promise<number>>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<unknown> | undefined;
  #isStopping = false;

  private constructor(options: EffectWorkerOptions) {
    this.#options = options;
    this.#outbox = EffectOutbox.create({ ...options, holder: randomUUID() });
    this.#late = LateNews.create(options);
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
    this.#isStopping = true;
    clearInterval(this.#timer);
    await this.#looking?.catch(() => {});
    await Promise.allSettled(this.#lanes.values());
  }

  /** @returns how many were delivered, until nothing is due that nobody else has */
  async run(): Promise<number> {
    const looking = this.#startLanes();
    this.#looking = looking;
    const delivered = await Promise.all(await looking);
    return delivered.reduce((sum, each) => sum + each, 0);
  }

  async #startLanes(): Promise<Promise<number>[]> {
    const { database, now } = this.#options;
    await this.#outbox.forget(now() - KEEP_MS);
    await toldStore.forget(database, now() - KEEP_MS);
    await forgetDelivered(database, now());
    for (const effect of await this.#outbox.effects()) {
      if (!this.#isStopping && !this.#lanes.has(effect)) {
        const lane = this.#workOn(effect).finally(() =>
          this.#lanes.delete(effect),
        );
        this.#lanes.set(effect, lane);
      }
    }
    return [...this.#lanes.values()];
  }

  async #workOn(effect: string): Promise<number> {
    let delivered = 0;
    while (!this.#isStopping) {
      const claimed = await this.#outbox.claim(effect);
      if (!claimed) {
        return delivered;
      }
      if (claimed.isLate) {
        await this.#gather(effect);
      } else if (this.#isOld(claimed)) {
        delivered += (await this.#holdBack(claimed)) ? 1 : 0;
      } else {
        delivered += (await this.#deliver(claimed)) ? 1 : 0;
      }
    }
    return delivered;
  }

  /** Nobody was there to tell it while it was news; or the clock was ahead as it was queued. */
  #isOld({ attempts, learntAt, request }: ClaimedEffect): boolean {
    // What is tried again may come a little after its time.
    const within = attempts > 0 ? 2 * TELL_WITHIN_MS : TELL_WITHIN_MS;
    const apart = Math.abs(this.#options.now() - learntAt);
    return isPressing(request.to) && apart >= within;
  }

  /**
   * Unless it was told before a crash: together with others it has another key, and
   * nobody would know.
   *
   * @returns whether it was told before
   */
  async #holdBack(claimed: ClaimedEffect): Promise<boolean> {
    const { effect: effectOf, now } = this.#options;
    const { id, attempts } = claimed;
    const effect = effectOf(claimed.effect);
    if (attempts > 0 && effect?.find) {
      if (!(await this.#outbox.begin(claimed))) {
        return false;
      }
      try {
        if (await inTime(async signal => effect.find?.(id, { signal }))) {
          await this.#outbox.done(claimed);
          return true;
        }
      } catch (error) {
        const reason = reasonOf(error);
        await (attempts < MAX_ASKED
          ? this.#outbox.postpone(claimed, {
              reason,
              until: now() + waitAfter(attempts),
            })
          : this.#outbox.giveUp(claimed, { reason }));
        return false;
      }
    }
    await this.#outbox.holdBack(claimed);
    return false;
  }

  async #gather(effect: string): Promise<void> {
    try {
      await this.#late.gather(effect);
    } catch (error) {
      // Another does.
      if ((error as Error).name !== 'ConflictError') {
        throw error;
      }
    }
  }

  async #deliver(claimed: ClaimedEffect): Promise<boolean> {
    const { effect: effectOf, logger, now } = this.#options;
    const { id, request, attempts } = claimed;
    try {
      const effect = effectOf(claimed.effect);
      if (!effect) {
        throw new Error('No module adds this effect any more');
      }
      const isDone =
        attempts > 0 &&
        (await inTime(async signal => effect.find?.(id, { signal }))) === true;
      // The next attempt must know of this one, whatever becomes of us.
      if (!(await this.#outbox.begin(claimed))) {
        return false;
      }
      if (!isDone) {
        await inTime(signal => effect.deliver(request, { signal }));
      }
      await this.#outbox.done(claimed);
      return true;
    } catch (error) {
      const reason = reasonOf(error);
      const wait = waitAfter(attempts);
      const isNews = now() + wait - claimed.learntAt < TELL_WITHIN_MS;
      logger.warn('An effect could not be delivered', {
        effect: claimed.effect,
        recordId: request.recordId,
        isTriedAgain: isNews,
        reason,
      });
      await (isNews
        ? this.#outbox.postpone(claimed, { reason, until: now() + wait })
        : this.#outbox.giveUp(claimed, { reason }));
      return false;
    }
  }
}

function reasonOf(error: unknown): string {
  return scrubTrouble(error instanceof Error ? error.message : String(error));
}

/** Milliseconds until the next attempt. */
function waitAfter(attempts: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** attempts, MAX_RETRY_MS);
}

/** @throws where it takes longer than a claim can hold, whether it heeds its signal or not */
async function inTime<T>(
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      work(late.signal),
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          late.abort();
          reject(new Error(`It took longer than ${DELIVER_MS / 1000} s`));
        }, DELIVER_MS);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}

/** What the worker needs. */
export interface EffectWorkerOptions {
  database: Knex;
  logger: LoggerService;
  effect: (id: string) => Effect | undefined;
  now: () => number;
}
