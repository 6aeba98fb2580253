import { setTimeout as wait } from 'node:timers/promises';

/** So many requests a second, with some at once; who comes too early waits. */
export class RateBudget {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #now: () => number;
  #left: number;
  #at: number;

  private constructor(options: {
    perSecond: number;
    burst: number;
    now: () => number;
  }) {
    this.#perSecond = options.perSecond;
    this.#burst = options.burst;
    this.#left = options.burst;
    this.#now = options.now;
    this.#at = options.now();
  }

  static create(options: {
    perSecond: number;
    /** At once, after a pause. */
    burst: number;
    now?: () => number;
  }): RateBudget {
    return new RateBudget({ now: Date.now, ...options });
  }

  /** @throws the reason of the signal */
  async take(signal: AbortSignal): Promise<void> {
    const delay = this.#reserve();
    if (delay > 0) {
      try {
        await wait(delay, undefined, { signal });
      } catch {
        // Told below.
      }
    }
    signal.throwIfAborted();
  }

  /** Milliseconds to wait; those who wait stand in line. */
  #reserve(): number {
    const now = this.#now();
    this.#left = Math.min(
      this.#burst,
      this.#left + (Math.max(0, now - this.#at) / 1000) * this.#perSecond,
    );
    this.#at = now;
    this.#left -= 1;
    return this.#left >= 0 ? 0 : (-this.#left / this.#perSecond) * 1000;
  }
}
