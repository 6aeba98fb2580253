import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Source, SourceContext } from '@day2/backstage-plugin-day2-node';
import type { IngestService } from '../ingest/IngestService';
import type { WantedMeasurements } from '../objectives/WantedMeasurements';
import { failureOf, nothingCame } from './failureOf';
import { pullBatches } from './pullBatches';
import { afterFailure, afterSuccess } from './schedule';
import type { SourceLease, SourceLeases } from './SourceLeases';
import type { SourceStore } from './SourceStore';

/** Runs one slice of a source under its lease, and records how it ended. */
export class SliceRunner {
  readonly #options: SliceRunnerOptions;
  /** Why each that fails does, as it was last logged here. */
  readonly #failing = new Map<string, string>();

  private constructor(options: SliceRunnerOptions) {
    this.#options = options;
  }

  static create(options: SliceRunnerOptions): SliceRunner {
    return new SliceRunner(options);
  }

  /** Resolves when it is over, however it ended. */
  async run(options: {
    source: Source;
    lease: SourceLease;
    abort: AbortController;
  }): Promise<void> {
    const { source, lease, abort } = options;
    const { leases, ingest, sourceStore, now, sliceMs, firstBatchMs, leaseMs } =
      this.#options;
    const logger = this.#options.logger.child({ source: source.id });
    let batches = 0;
    const slice = setTimeout(() => {
      if (batches > 0) {
        abort.abort(new Error('The slice is over'));
      }
    }, sliceMs);
    const patience = setTimeout(() => {
      if (batches === 0) {
        abort.abort(nothingCame(firstBatchMs));
      }
    }, Math.max(firstBatchMs, sliceMs));
    const began = now();
    const renewal = setInterval(async () => {
      const kept = await leases.renew(lease).catch(() => true);
      if (!kept) {
        abort.abort(new Error('The lease is lost'));
      }
    }, leaseMs / 3);
    try {
      const ending = await pullBatches({
        source,
        lease,
        ingest,
        signal: abort.signal,
        logger,
        now,
        objectives: this.#objectivesOf(source, lease),
        incidents: sourceStore.incidents(source.id),
        onBatch: () => {
          batches += 1;
          return now() - began >= sliceMs;
        },
      });
      if (ending === 'complete') {
        const nextRunAt = afterSuccess({
          now: now(),
          everySeconds: source.everySeconds,
        });
        await leases.recordSuccess(lease, { nextRunAt });
        if (this.#failing.delete(source.id)) {
          logger.info('The source is read again');
        }
      } else if (ending === 'cut') {
        await leases.recordSlice(lease, { progressed: batches > 0 });
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
    const { wanted } = this.#options;
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
    const { leases, now } = this.#options;
    const failure = failureOf(error);
    // Once for each reason: the Sources page says how long it has lasted.
    const known = this.#failing.get(source.id) === failure.reason;
    this.#failing.set(source.id, failure.reason);
    logger[known ? 'debug' : 'warn']('The source could not be read', {
      code: failure.shown.code,
      reason: failure.reason,
    });
    try {
      await leases.recordFailure(lease, {
        error: failure.shown,
        nextRunAt: afterFailure({
          now: now(),
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

/** What slices are run with. */
export interface SliceRunnerOptions {
  leases: SourceLeases;
  sourceStore: SourceStore;
  ingest: IngestService;
  /** What sources that measure are asked for. */
  wanted?: WantedMeasurements;
  logger: LoggerService;
  now: () => number;
  sliceMs: number;
  /** How long the first batch may take. */
  firstBatchMs: number;
  leaseMs: number;
}
