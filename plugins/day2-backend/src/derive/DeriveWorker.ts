import { setImmediate } from 'node:timers/promises';
import type { IncidentDeriver } from '../incidents/IncidentDeriver';
import { DEFINITIONS } from './definitions';
import { noWork, type DerivedWork } from './DerivedWork';
import { DeriveFailures } from './DeriveFailures';
import { deriveSteps, type DeriveStep } from './deriveSteps';
import type { DeriveWorkerOptions } from './DeriveWorkerOptions';
import { remapEnvironments } from './remapEnvironments';

const EVERY_MS = 10_000;
const CLAIM_MS = 30_000;

/**
 * Makes records of what sources said: matches subjects, derives sequences and
 * changes. What is due is kept in the database; replicas share it, and a crash
 * loses nothing.
 */
export class DeriveWorker {
  readonly #options: Required<DeriveWorkerOptions>;
  readonly #failures: DeriveFailures;
  readonly #steps: DeriveStep[];
  /** Derives incidents as this worker does: for what people say of them. */
  readonly incidentDeriver: IncidentDeriver;
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<DerivedWork> | undefined;
  #next: Promise<DerivedWork> | undefined;
  #remapped = false;

  private constructor(options: DeriveWorkerOptions) {
    this.#options = {
      ...options,
      now: options.now ?? Date.now,
      claimMs: options.claimMs ?? CLAIM_MS,
      definitions: options.definitions ?? DEFINITIONS,
      sources: options.sources ?? (() => []),
      onChange: options.onChange ?? (() => {}),
      incidents: options.incidents ?? {},
      objectives: options.objectives ?? { keepDays: 400 },
      effects: options.effects ?? (() => []),
    };
    this.#failures = DeriveFailures.create(this.#options);
    const { steps, incidentDeriver } = deriveSteps({
      ...this.#options,
      failures: this.#failures,
    });
    this.#steps = steps;
    this.incidentDeriver = incidentDeriver;
  }

  static create(options: DeriveWorkerOptions): DeriveWorker {
    return new DeriveWorker(options);
  }

  /**
   * Works until nothing is left that nobody else works on. Called again
   * meanwhile, it begins once more afterwards, so that what was there at the
   * call is done when it resolves.
   */
  async runUntilIdle(options?: { signal?: AbortSignal }): Promise<DerivedWork> {
    if (this.#next) {
      return this.#next;
    }
    const running = this.#running;
    if (!running) {
      return this.#begin(options?.signal);
    }
    this.#next = running
      .catch(() => {})
      .then(() => {
        this.#next = undefined;
        return this.#begin(options?.signal);
      });
    return this.#next;
  }

  /** What waits. */
  async pending(): Promise<DerivedWork> {
    const waiting = noWork();
    for (const { counts, pending } of this.#steps) {
      if (counts && pending) {
        waiting[counts] += await pending();
      }
    }
    return waiting;
  }

  /** What could not be derived at its last attempt, and is tried again. */
  async failed(): Promise<number> {
    return this.#failures.count();
  }

  /** Works now and every few seconds. */
  start(): void {
    this.wake();
    this.#timer = setInterval(() => this.wake(), EVERY_MS);
  }

  /** Works soon; what fails is tried again at the next turn. */
  wake(): void {
    if (this.#stopping.signal.aborted) {
      return;
    }
    this.runUntilIdle().catch(error => {
      this.#options.logger.warn('Deriving records stopped', {
        error: String(error),
      });
    });
  }

  /** Ends after the piece of work in hand. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort();
    await Promise.allSettled([this.#running, this.#next]);
  }

  #begin(signal?: AbortSignal): Promise<DerivedWork> {
    const running = this.#work(signal).finally(() => {
      if (this.#running === running) {
        this.#running = undefined;
      }
    });
    this.#running = running;
    return running;
  }

  async #work(signal?: AbortSignal): Promise<DerivedWork> {
    const done = noWork();
    const stop = AbortSignal.any([
      this.#stopping.signal,
      ...(signal ? [signal] : []),
    ]);
    await this.#failures.load();
    const broken = new Set<string>();
    // What fails as a whole keeps nothing else from being done.
    const attempt = async (step: string, work: () => Promise<number>) => {
      if (broken.has(step)) {
        return 0;
      }
      try {
        const worked = await work();
        await this.#failures.clear('step', [step]);
        return worked;
      } catch (error) {
        broken.add(step);
        await this.#failures.note({ queue: 'step', key: step, error });
        return 0;
      }
    };
    if (!this.#remapped) {
      await attempt('environments', async () => {
        await remapEnvironments(this.#options);
        this.#remapped = true;
        return 1;
      });
    }
    while (!stop.aborted) {
      let worked = 0;
      for (const { name, counts, run } of this.#steps) {
        worked = await attempt(name, () => run(stop));
        if (counts) {
          done[counts] += worked;
        }
        if (worked > 0) {
          break;
        }
      }
      if (worked === 0) {
        break;
      }
      // SQLite answers at once: let the portal answer its readers between.
      await setImmediate();
    }
    return done;
  }
}
