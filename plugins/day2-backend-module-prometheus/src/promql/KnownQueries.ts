import { asCounts, type CountQuery } from './asCounts';

/** Queries that are that are remembered. */
const MAX = 500;
/** What is longer is refused at once. */
const MAX_LENGTH = 5_000;

/**
 * Queries as they are asked, told once each: an objective asks the same two for
 * every piece of its past, and every five minutes. Refusals too.
 */
export class KnownQueries {
  readonly #known = new Map<string, CountQuery>();
  readonly #tell: (query: string) => CountQuery;

  private constructor(tell: (query: string) => CountQuery) {
    this.#tell = tell;
  }

  static create(
    options: {
      /** For tests. */
      tell?: (query: string) => CountQuery;
    } = {},
  ): KnownQueries {
    return new KnownQueries(options.tell ?? asCounts);
  }

  asCounts(query: string): CountQuery {
    const known = this.#known.get(query) ?? this.#tell(query);
    // What was asked for last goes last.
    this.#known.delete(query);
    if (query.length <= MAX_LENGTH) {
      this.#known.set(query, known);
    }
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MAX) {
        break;
      }
      this.#known.delete(oldest);
    }
    return known;
  }
}
