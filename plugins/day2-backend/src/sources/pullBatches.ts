import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  isSourceError,
  type Source,
  type SourceBatch,
  type SourceContext,
} from '@day2/backstage-plugin-day2-node';
import type { IngestService } from '../ingest/IngestService';
import { isLeaseLostError } from '../ingest/LeaseLostError';
import type { SourceLease } from './SourceLeases';

const GRACE_MS = 5000;

/** How a run ended: all was read, there is more, or another runs it now. */
export type Ending = 'complete' | 'cut' | 'lost';

/**
 * Takes in what a source says from its cursor on, batch by batch, until it is
 * through, cut by the signal, or has lost its lease.
 *
 * @throws whatever the source failed with
 */
export async function pullBatches(options: {
  source: Source;
  lease: SourceLease;
  ingest: IngestService;
  signal: AbortSignal;
  logger: LoggerService;
  now: () => number;
  /** What the hub wants measured by it. */
  objectives?: SourceContext['objectives'];
  /** What is held of its incidents. */
  incidents?: SourceContext['incidents'];
  /** @returns whether the slice is over */
  onBatch: () => boolean;
}): Promise<Ending> {
  const { source, lease, logger, signal } = options;
  const batches = source
    .pull({
      cursor: lease.cursor,
      ...(lease.reread ? { reread: true } : {}),
      signal,
      logger,
      now: options.now,
      objectives: options.objectives,
      incidents: options.incidents,
    })
    [Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await orAborted(batches.next(), signal);
      if (next === undefined) {
        return cutBy(signal);
      }
      if (next.done) {
        return 'complete';
      }
      await options.ingest.applyBatch({
        sourceId: source.id,
        epoch: lease.epoch,
        batch: next.value,
      });
      if (options.onBatch() || signal.aborted) {
        return 'cut';
      }
    }
  } catch (error) {
    if (isLeaseLostError(error)) {
      return 'lost';
    }
    if (signal.aborted) {
      return cutBy(signal);
    }
    throw error;
  } finally {
    // Not waited for: a source that hangs must not hold the others.
    batches.return?.(undefined).catch(() => {});
  }
}

/** A slice that is over is cut; a source that says nothing has failed. */
function cutBy(signal: AbortSignal): Ending {
  if (isSourceError(signal.reason)) {
    throw signal.reason;
  }
  return 'cut';
}

/** The next batch; undefined where none came soon after the signal. */
async function orAborted(
  next: Promise<IteratorResult<SourceBatch>>,
  signal: AbortSignal,
): Promise<IteratorResult<SourceBatch> | undefined> {
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  const late = new Promise<undefined>(resolve => {
    onAbort = () => {
      timer = setTimeout(() => resolve(undefined), GRACE_MS);
    };
    if (signal.aborted) {
      onAbort();
    } else {
      signal.addEventListener('abort', onAbort, { once: true });
    }
  });
  // Nobody waits any more once it is late.
  next.catch(() => {});
  try {
    return await Promise.race([next, late]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort as () => void);
  }
}
