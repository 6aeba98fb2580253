/**
 * A cache of promises with a time to live and a bound: the entry used least
 * recently goes first. A promise that fails is not kept.
 */
export class BoundedCache<T> {
  readonly #entries = new Map<string, { value: Promise<T>; until: number }>();
  readonly #max: number;
  readonly #ttlMs: number;
  readonly #ttlOf?: (value: T) => number;
  readonly #now: () => number;

  private constructor(options: {
    max: number;
    ttlMs: number;
    ttlOf?: (value: T) => number;
    now: () => number;
  }) {
    this.#max = options.max;
    this.#ttlMs = options.ttlMs;
    this.#ttlOf = options.ttlOf;
    this.#now = options.now;
  }

  static create<T>(options: {
    max: number;
    ttlMs: number;
    /** How long a value holds from when it is there, where it is not `ttlMs`. */
    ttlOf?: (value: T) => number;
    now?: () => number;
  }): BoundedCache<T> {
    return new BoundedCache({ ...options, now: options.now ?? Date.now });
  }

  get size(): number {
    return this.#entries.size;
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  /** The cached value, or the one that `load` gives; concurrent callers share one load. */
  get(key: string, load: () => Promise<T>): Promise<T> {
    const found = this.#entries.get(key);
    if (found && found.until > this.#now()) {
      this.#entries.delete(key);
      this.#entries.set(key, found);
      return found.value;
    }
    const value = load();
    const entry = { value, until: this.#now() + this.#ttlMs };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    value.then(
      loaded => {
        if (this.#ttlOf) {
          entry.until = this.#now() + this.#ttlOf(loaded);
        }
      },
      () => {
        if (this.#entries.get(key) === entry) {
          this.#entries.delete(key);
        }
      },
    );
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#max) {
        break;
      }
      this.#entries.delete(oldest);
    }
    return value;
  }
}
