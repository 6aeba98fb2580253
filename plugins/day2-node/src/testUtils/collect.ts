import type { LoggerService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { Source, SourceBatch, SourceContext } from '../sources/Source';

/** What a run of a source gave. @public */
export interface CollectedRun {
  batches: SourceBatch[];
  /** The cursor that the hub would have committed last. */
  cursor?: JsonObject;
  /** What `pull` threw. */
  error?: unknown;
  /** Everything it logged, as one text. */
  log: string;
  /** Milliseconds from the start, or from the signal where it was aborted. */
  tookMs: number;
}

/**
 * Runs a source as the hub does: cursors go through JSON, a run may be stopped
 * after so many batches, and the clock is given.
 *
 * @public
 */
export async function collect(
  source: Source,
  options: {
    cursor?: JsonObject;
    /** As after "read again". */
    reread?: boolean;
    /** Stops after so many batches, as a crash would. */
    batches?: number;
    signal?: AbortSignal;
    now?: () => number;
    /** What the hub holds of its incidents. */
    incidents?: SourceContext['incidents'];
    onBatch?: (batch: SourceBatch) => void;
  } = {},
): Promise<CollectedRun> {
  const lines: string[] = [];
  const logger = createRecorder(lines);
  const signal = options.signal ?? new AbortController().signal;
  const batches: SourceBatch[] = [];
  let began = Date.now();
  signal.addEventListener('abort', () => {
    began = Date.now();
  });
  let { cursor } = options;
  let error: unknown;
  try {
    if (options.batches !== 0) {
      for await (const batch of source.pull({
        cursor: overTheWire(cursor),
        ...(options.reread ? { reread: true } : {}),
        signal,
        logger,
        now: options.now ?? Date.now,
        ...(options.incidents ? { incidents: options.incidents } : {}),
      })) {
        batches.push(batch);
        cursor = overTheWire(batch.cursor);
        options.onBatch?.(batch);
        if (batches.length === options.batches || signal.aborted) {
          break;
        }
      }
    }
  } catch (thrown) {
    error = thrown;
  }
  return {
    batches,
    cursor,
    error,
    log: lines.join('\n'),
    tookMs: Date.now() - began,
  };
}

function overTheWire(cursor: JsonObject | undefined): JsonObject | undefined {
  return cursor === undefined
    ? undefined
    : (JSON.parse(JSON.stringify(cursor)) as JsonObject);
}

function createRecorder(lines: string[]): LoggerService {
  function record(message: string, meta?: Error | JsonObject): void {
    const details =
      meta instanceof Error ? `${meta.message} ${meta.stack}` : meta;
    lines.push(`${message} ${JSON.stringify(details) ?? ''}`);
  }
  const logger: LoggerService = {
    error: record,
    warn: record,
    info: record,
    debug: record,
    child: () => logger,
  };
  return logger;
}
