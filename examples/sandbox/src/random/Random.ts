/**
 * A small seeded generator (mulberry32 over an FNV-1a hash of its labels). The
 * same seed and labels always give the same numbers, on any machine; each event
 * of the world draws from a generator of its own, so that no event depends on
 * how many numbers another one drew.
 *
 * @public
 */
export class Random {
  #state: number;

  private constructor(state: number) {
    this.#state = state;
  }

  static create(...labels: Array<string | number>): Random {
    let hash = 0x811c9dc5;
    for (const char of labels.join('\u0000')) {
      hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
    }
    const random = new Random(hash >>> 0);
    // FNV leaves similar labels similar; two rounds part them.
    random.next();
    random.next();
    return random;
  }

  /** A number in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number in [from, to], both included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.int(0, items.length - 1)];
  }

  /** How many of something that happens `mean` times on average (Poisson). */
  count(mean: number): number {
    const limit = Math.exp(-mean);
    let product = this.next();
    let n = 0;
    while (product > limit) {
      product *= this.next();
      n += 1;
    }
    return n;
  }
}
