import type {
  Observation,
  SourceBatch,
} from '@day2/backstage-plugin-day2-node';
import type { JsonObject } from '@backstage/types';

/** Largest batch. */
export const maxBatch = 300;
const maxIdleMs = 2_000;

/** Gathers observations until a batch is worth a transaction. */
export class BatchBuilder {
  readonly #now: () => number;
  #observations: Observation[] = [];
  #skipped: Record<string, number> = {};
  #since: number;

  private constructor(now: () => number) {
    this.#now = now;
    this.#since = now();
  }

  static create(options: { now: () => number }): BatchBuilder {
    return new BatchBuilder(options.now);
  }

  get size(): number {
    return this.#observations.length;
  }

  add(observations: Observation[]): void {
    this.#observations.push(...observations);
  }

  skip(reasons: Partial<Record<string, number>>): void {
    for (const [reason, count] of Object.entries(reasons)) {
      this.#skipped[reason] = (this.#skipped[reason] ?? 0) + (count ?? 0);
    }
  }

  /** Whether so many more still fit. */
  fits(count: number): boolean {
    return this.#observations.length + count <= maxBatch;
  }

  /** Whether progress should be saved although there is little to say. */
  isDue(): boolean {
    return this.#now() - this.#since >= maxIdleMs;
  }

  take(options: {
    cursor: JsonObject;
    notices?: string[];
    progress?: SourceBatch['progress'];
  }): SourceBatch {
    const batch: SourceBatch = {
      observations: this.#observations,
      cursor: options.cursor,
      ...(Object.keys(this.#skipped).length > 0
        ? { skipped: this.#skipped }
        : {}),
      ...(options.notices ? { notices: options.notices } : {}),
      ...(options.progress ? { progress: options.progress } : {}),
    };
    this.#observations = [];
    this.#skipped = {};
    this.#since = this.#now();
    return batch;
  }
}
