import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { isElapsed, toNumber } from '../database';
import { scrubText } from '../ingest/scrub';
import { LAST_RETRY_MS } from './retries';

const FIRST_RETRY_MS = 10_000;
/** What was due that long ago is gone, or was done by another replica. */
const FORGET_MS = 6 * LAST_RETRY_MS;
const MAX_ERROR = 1_000;

/** Which kind of work; `step` where it is not of one piece alone. */
export type FailingQueue =
  | 'subject'
  | 'sequence'
  | 'change'
  | 'delivery'
  | 'application'
  | 'incident'
  | 'suspect'
  | 'objective'
  | 'step';

/**
 * Pieces of work that could not be done: with attempts and the last error, and
 * passed over until it is time to try again, so that one bad record stops
 * nothing else.
 */
export class DeriveFailures {
  readonly #database: Knex;
  readonly #logger: LoggerService;
  readonly #now: () => number;
  #known = new Map<string, { attempts: number; retryAt: number }>();

  private constructor(options: DeriveFailuresOptions) {
    this.#database = options.database;
    this.#logger = options.logger;
    this.#now = options.now;
  }

  static create(options: DeriveFailuresOptions): DeriveFailures {
    return new DeriveFailures(options);
  }

  /** Learns what other replicas noted; before each go. */
  async load(): Promise<void> {
    await this.#database('derive_failure')
      .where('retry_at', '<', this.#now() - FORGET_MS)
      .delete();
    const rows: Record<string, any>[] = await this.#database(
      'derive_failure',
    ).select('queue', 'key', 'attempts', 'retry_at');
    this.#known = new Map(
      rows.map(row => [
        `${row.queue} ${row.key}`,
        { attempts: toNumber(row.attempts), retryAt: toNumber(row.retry_at) },
      ]),
    );
  }

  /** How many pieces of work failed at their last attempt. */
  async count(): Promise<number> {
    const [{ n }] = await this.#database('derive_failure').count({ n: '*' });
    return Number(n);
  }

  /** Whether it is too early to try again. */
  isWaiting(queue: FailingQueue, key: string): boolean {
    const known = this.#known.get(`${queue} ${key}`);
    return (
      known !== undefined &&
      !isElapsed(known.retryAt, { now: this.#now(), longestMs: LAST_RETRY_MS })
    );
  }

  /** How many of a queue are passed over at most. */
  waiting(queue: FailingQueue): number {
    return [...this.#known.keys()].filter(id => id.startsWith(`${queue} `))
      .length;
  }

  /** @returns when to try again; epoch milliseconds */
  async note(options: {
    queue: FailingQueue;
    key: string;
    error: unknown;
  }): Promise<number> {
    const { queue, key } = options;
    const at = this.#now();
    const attempts = (this.#known.get(`${queue} ${key}`)?.attempts ?? 0) + 1;
    const retryAt =
      at + Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LAST_RETRY_MS);
    const error = scrubText(String(options.error)).slice(0, MAX_ERROR);
    await this.#database('derive_failure')
      .insert({ queue, key, attempts, error, at, retry_at: retryAt })
      .onConflict(['queue', 'key'])
      .merge();
    this.#known.set(`${queue} ${key}`, { attempts, retryAt });
    this.#logger.warn('A record could not be derived; it is tried again', {
      queue,
      key,
      attempts,
      error,
    });
    return retryAt;
  }

  /** These were done. */
  async clear(queue: FailingQueue, keys: string[]): Promise<void> {
    for (const key of keys) {
      if (this.#known.delete(`${queue} ${key}`)) {
        await this.#database('derive_failure').where({ queue, key }).delete();
      }
    }
  }
}

/** What it needs. */
export interface DeriveFailuresOptions {
  database: Knex;
  logger: LoggerService;
  now: () => number;
}
