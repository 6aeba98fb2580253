import { SLOT_MS } from '@day2/backstage-plugin-day2-common';
import type { PrometheusClient } from '../client';
import { countQueries } from '../promql/countQueries';
import { KnownQueries } from '../promql/KnownQueries';
import { countsOf, type Counts } from './countsOf';
import { slotsIn, type Piece } from './planPieces';
import { slotsOf, type CountedSlots } from './slotsOf';

/** A refused range is asked for in halves down to so many slots: three hours. */
const SMALLEST = 36;

/** What was counted of a piece, or why it cannot be. */
export type Measured = CountedSlots | { problem: string };

interface MeasurerOptions {
  client: PrometheusClient;
  signal: AbortSignal;
  /** Those of batches before, which are not told anew. */
  queries?: KnownQueries;
}

/** Asks for pieces of one batch; objectives of the same queries share the answers. */
export class Measurer {
  readonly #client: PrometheusClient;
  readonly #signal: AbortSignal;
  readonly #queries: KnownQueries;
  readonly #asked = new Map<string, Promise<Counts>>();

  private constructor(options: MeasurerOptions) {
    this.#client = options.client;
    this.#signal = options.signal;
    this.#queries = options.queries ?? KnownQueries.create();
  }

  static create(options: MeasurerOptions): Measurer {
    return new Measurer(options);
  }

  /** @throws SourceError where nothing can be asked at all */
  async measure(piece: Piece): Promise<Measured> {
    const { indicator } = piece.wanted;
    const { events, total, counts } = indicator;
    if (total.source !== undefined && total.source !== events.source) {
      return {
        problem: `its two queries name two sources, ${
          events.source ?? 'none'
        } and ${total.source}; both must be counted by one`,
      };
    }
    const queries = countQueries(indicator, this.#queries);
    if ('problem' in queries) {
      return queries;
    }
    const { from, to } = piece;
    const [some, all] = await Promise.all([
      this.#count({ query: queries.events, from, to, word: counts }),
      this.#count({ query: queries.total, from, to, word: 'total' }),
    ]);
    if ('problem' in some) {
      return some;
    }
    return 'problem' in all
      ? all
      : slotsOf({
          ...piece,
          counts,
          events: some.counts,
          total: all.counts,
          unit: queries.unit,
        });
  }

  async #count(options: {
    query: string;
    from: number;
    to: number;
    word: string;
  }): Promise<Counts> {
    const { query, from, to, word } = options;
    const found = await this.#ask(query, from, to);
    return 'problem' in found
      ? { problem: `${word}: ${found.problem}` }
      : found;
  }

  async #ask(query: string, from: number, to: number): Promise<Counts> {
    const key = `${from} ${to} ${query}`;
    const asked = this.#asked.get(key) ?? this.#askOnce(query, from, to);
    this.#asked.set(key, asked);
    return await asked;
  }

  async #askOnce(query: string, from: number, to: number): Promise<Counts> {
    const told = await this.#client.range({
      query,
      // What happened in a slot is known at its end.
      start: (from + SLOT_MS) / 1000,
      end: to / 1000,
      step: SLOT_MS / 1000,
      signal: this.#signal,
    });
    if ('answer' in told) {
      return countsOf(told.answer);
    }
    const slots = slotsIn({ from, to });
    if (!told.isHeavy || slots <= SMALLEST) {
      return { problem: told.problem };
    }
    const middle = from + Math.floor(slots / 2) * SLOT_MS;
    const late = await this.#askOnce(query, middle, to);
    if ('problem' in late) {
      return late;
    }
    const early = await this.#askOnce(query, from, middle);
    return 'problem' in early
      ? early
      : { counts: new Map([...early.counts, ...late.counts]) };
  }
}
