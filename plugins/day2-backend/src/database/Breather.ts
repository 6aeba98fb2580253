import { setImmediate } from 'node:timers/promises';

const WORK_MS = 20;

/**
 * Lets the portal answer its readers during long work: better-sqlite3 answers
 * at once, so that awaiting it alone never lets go of the event loop.
 */
export class Breather {
  #since = performance.now();

  private constructor() {}

  static create(): Breather {
    return new Breather();
  }

  /** Lets go where it has been 20 ms since the last time. Not within a transaction. */
  async breathe(): Promise<void> {
    if (performance.now() - this.#since >= WORK_MS) {
      await setImmediate();
      this.#since = performance.now();
    }
  }
}
