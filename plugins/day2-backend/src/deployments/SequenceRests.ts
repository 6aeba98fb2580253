/** A sequence of so many deployments is derived in no time: it never rests. */
const SMALL = 1_000;
/** About ten times what deriving takes. */
const REST_MS_EACH = 1;
const LONGEST_MS = 60_000;

/**
 * How long a long sequence is left alone once it was derived. A sequence is
 * derived whole: doing so with each slice of a back-fill would take time by the
 * square of its length. So it waits by its own length, and what came meanwhile
 * is derived at one go.
 */
export class SequenceRests {
  readonly #now: () => number;
  readonly #until = new Map<string, number>();

  private constructor(options: { now: () => number }) {
    this.#now = options.now;
  }

  static create(options: { now: () => number }): SequenceRests {
    return new SequenceRests(options);
  }

  /** It was derived, and is of so many deployments. */
  begin(key: string, size: number): void {
    const now = this.#now();
    for (const [other, until] of this.#until) {
      if (until <= now) {
        this.#until.delete(other);
      }
    }
    if (size >= SMALL) {
      this.#until.set(key, now + Math.min(size * REST_MS_EACH, LONGEST_MS));
    }
  }

  /** Until when it rests, in epoch milliseconds; undefined where it does not. */
  until(key: string): number | undefined {
    const until = this.#until.get(key);
    return until !== undefined && until > this.#now() ? until : undefined;
  }
}
