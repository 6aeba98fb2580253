import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Source, SourceContext } from '@day2/backstage-plugin-day2-node';
import type { DeriveWorker } from '../derive/DeriveWorker';
import type { IngestService } from '../ingest/IngestService';
import type { WantedMeasurements } from '../objectives/WantedMeasurements';
import { pullBatches } from './pullBatches';
import type { SourceLease, SourceLeases } from './SourceLeases';
import { failureOf, nothingCame } from './failureOf';
import { afterFailure, afterSuccess } from './schedule';
import type { SourceStore } from './SourceStore';

const TICK_MS = 1000;
const LEASE_MS = 15_000;
const SLICE_MS = 30_000;
// A slice is cut between batches. What takes long before its first batch, as a
// first clone does, would otherwise be cut for ever.
const FIRST_BATCH_MS = 10 * 60_000;
const PARALLEL = 4;

interface Run {
  abort: AbortController;
  done: Promise<void>;
}

/** Runs sources when they are due: one replica each, in slices, under a lease. */
export class SourceRunner {
  readonly #sources: Map<string, Source>;
  readonly #store: SourceStore;
  readonly #leases: SourceLeases;
  readonly #ingest: IngestService;
  readonly #deriveWorker: DeriveWorker;
  readonly #wanted: WantedMeasurements | undefined;
  readonly #logger: LoggerService;
  readonly #now: () => number;
  readonly #leaseMs: number;
  readonly #sliceMs: number;
  readonly #firstBatchMs: number;
  readonly #tickMs: number;
  readonly #runs = new Map<string, Run>();
  /** Why each that fails does, as it was last logged here. */
  readonly #failing = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #ticking: Promise<void> = Promise.resolve();
  #stopped = false;

  private constructor(options: SourceRunnerOptions) {
    this.#sources = new Map(options.sources.map(each => [each.id, each]));
    this.#store = options.sourceStore;
    this.#ingest = options.ingest;
    this.#deriveWorker = options.deriveWorker;
    this.#wanted = options.wanted;
    this.#logger = options.logger;
    this.#now = options.now ?? Date.now;
    this.#leaseMs = options.leaseMs ?? LEASE_MS;
    this.#sliceMs = options.sliceMs ?? SLICE_MS;
    this.#firstBatchMs = options.firstBatchMs ?? FIRST_BATCH_MS;
    this.#tickMs = options.tickMs ?? TICK_MS;
    this.#leases = options.sourceStore.leases({
      holder: options.holder,
      now: this.#now,
      leaseMs: this.#leaseMs,
    });
  }

  static create(options: SourceRunnerOptions): SourceRunner {
    return new SourceRunner(options);
  }

  /** Looks every second for sources that are due. */
  async start(): Promise<void> {
    await this.#leases.register([...this.#sources.keys()]);
    const again = () => {
      if (!this.#stopped) {
        this.#timer = setTimeout(async () => {
          await this.tick();
          again();
        }, this.#tickMs);
      }
    };
    await this.tick();
    again();
  }

  /** Ends every run and gives the leases back. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#ticking;
    for (const run of this.#runs.values()) {
      run.abort.abort(new Error('The portal stops'));
    }
    await Promise.all([...this.#runs.values()].map(run => run.done));
  }

  /**
   * Runs a source now, here or at the replica that is quickest.
   *
   * @throws ConflictError when it is paused
   */
  async runNow(id: string): Promise<void> {
    await this.#store.makeDue({ id });
    await this.tick();
  }

  /** Begins what is due, as far as there is room. */
  async tick(): Promise<void> {
    this.#ticking = this.#ticking.then(async () => {
      try {
        await this.#begin();
      } catch (error) {
        this.#logger.warn('Sources could not be looked up', {
          error: String(error),
        });
      }
    });
    await this.#ticking;
  }

  /** Resolves when no run is in progress here. */
  async settled(): Promise<void> {
    await this.#ticking;
    await Promise.all([...this.#runs.values()].map(run => run.done));
  }

  async #begin(): Promise<void> {
    if (this.#stopped || this.#runs.size >= PARALLEL) {
      return;
    }
    for (const id of await this.#leases.due()) {
      const source = this.#sources.get(id);
      if (!source || this.#runs.has(id)) {
        continue;
      }
      if (this.#stopped || this.#runs.size >= PARALLEL) {
        return;
      }
      const lease = await this.#leases.acquire(id);
      if (lease) {
        const abort = new AbortController();
        const done = this.#run({ source, lease, abort }).finally(() => {
          this.#runs.delete(id);
          this.#deriveWorker.wake();
        });
        this.#runs.set(id, { abort, done });
      }
    }
  }

  async #run(options: {
    source: Source;
    lease: SourceLease;
    abort: AbortController;
  }): Promise<void> {
    const { source, lease, abort } = options;
    const logger = this.#logger.child({ source: source.id });
    let batches = 0;
    const slice = setTimeout(() => {
      if (batches > 0) {
        abort.abort(new Error('The slice is over'));
      }
    }, this.#sliceMs);
    const patience = setTimeout(() => {
      if (batches === 0) {
        abort.abort(nothingCame(this.#firstBatchMs));
      }
    }, Math.max(this.#firstBatchMs, this.#sliceMs));
    const began = this.#now();
    const renewal = setInterval(async () => {
      const kept = await this.#leases.renew(lease).catch(() => true);
      if (!kept) {
        abort.abort(new Error('The lease is lost'));
      }
    }, this.#leaseMs / 3);
    try {
      const ending = await pullBatches({
        source,
        lease,
        ingest: this.#ingest,
        signal: abort.signal,
        logger,
        now: this.#now,
        objectives: this.#objectivesOf(source, lease),
        incidents: this.#store.incidents(source.id),
        onBatch: () => {
          batches += 1;
          return this.#now() - began >= this.#sliceMs;
        },
      });
      if (ending === 'complete') {
        const nextRunAt = afterSuccess({
          now: this.#now(),
          everySeconds: source.everySeconds,
        });
        await this.#leases.recordSuccess(lease, { nextRunAt });
        if (this.#failing.delete(source.id)) {
          logger.info('The source is read again');
        }
      } else if (ending === 'cut') {
        await this.#leases.recordSlice(lease, { progressed: batches > 0 });
      }
    } catch (error) {
      await this.#recordFailure({ source, lease, error, logger });
    } finally {
      clearTimeout(slice);
      clearTimeout(patience);
      clearInterval(renewal);
    }
  }

  #objectivesOf(
    source: Source,
    { reread }: SourceLease,
  ): SourceContext['objectives'] {
    const wanted = this.#wanted;
    return source.measures && wanted
      ? () => wanted.of(source.id, { reread })
      : undefined;
  }

  async #recordFailure(options: {
    source: Source;
    lease: SourceLease;
    error: unknown;
    logger: LoggerService;
  }): Promise<void> {
    const { source, lease, error, logger } = options;
    const failure = failureOf(error);
    // Once for each reason: the Sources page says how long it has lasted.
    const known = this.#failing.get(source.id) === failure.reason;
    this.#failing.set(source.id, failure.reason);
    logger[known ? 'debug' : 'warn']('The source could not be read', {
      code: failure.shown.code,
      reason: failure.reason,
    });
    try {
      await this.#leases.recordFailure(lease, {
        error: failure.shown,
        nextRunAt: afterFailure({
          now: this.#now(),
          failures: lease.failures + 1,
          everySeconds: source.everySeconds,
          retryAfterMs: failure.retryAfterMs,
        }),
      });
    } catch (cause) {
      // The lease expires by itself, and the next run tries again.
      logger.warn('The failure could not be recorded', {
        error: String(cause),
      });
    }
  }
}

/** What a runner needs. */
export interface SourceRunnerOptions {
  sources: Source[];
  sourceStore: SourceStore;
  ingest: IngestService;
  deriveWorker: DeriveWorker;
  /** What sources that measure are asked for. */
  wanted?: WantedMeasurements;
  logger: LoggerService;
  /** Names this replica on the Sources page. */
  holder: string;
  now?: () => number;
  /** 30 s by default. */
  sliceMs?: number;
  /** How long the first batch of a run may take; 10 minutes by default. */
  firstBatchMs?: number;
  /** 15 s by default. */
  leaseMs?: number;
  /** How often it looks for what is due; 1 s by default. */
  tickMs?: number;
}
