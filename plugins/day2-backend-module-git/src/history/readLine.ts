import type {
  Observation,
  SourceBatch,
  SourceContext,
} from '@day2/backstage-plugin-day2-node';
import type { Mirror } from '../git/Mirror';
import { BatchBuilder, maxBatch } from './BatchBuilder';
import { writeCursor, type GitCursor } from './cursor';
import { walkLine, type LineStep } from './walkLine';

/** What a role makes of the commits of the line. */
export interface LineReader {
  /** Told of the next steps before they are read. */
  prefetch?(steps: LineStep[]): Promise<void>;
  /** What a step says, and where the cursor is after it. */
  read(
    step: LineStep,
    cursor: GitCursor,
  ): Promise<{
    observations: Observation[];
    skipped?: Partial<Record<string, number>>;
    next: GitCursor;
  }>;
}

const readAhead = 64;
const enough = 250;

/**
 * Reads the first-parent line in batches of at most 300 observations, each with
 * a cursor to go on from; a commit that says more is split.
 */
export async function* readLine(options: {
  mirror: Mirror;
  tip: string;
  /** What is reachable from these has been read. */
  without: string[];
  onLine: Set<string>;
  reader: LineReader;
  cursor: GitCursor;
  notices: (cursor: GitCursor) => string[];
  context: SourceContext;
}): AsyncGenerator<SourceBatch, GitCursor> {
  const { mirror, reader, context } = options;
  const batch = BatchBuilder.create({ now: context.now });
  const total = options.onLine.size;
  let cursor = options.cursor;
  let done = 0;
  let ahead: LineStep[] = [];

  function take(sent?: number, ofCommit?: number): SourceBatch {
    const at = { ...cursor, sent };
    return batch.take({
      cursor: writeCursor(at),
      notices: options.notices(at),
      // In the middle of a large commit the number of commits would stand still.
      progress:
        sent !== undefined && ofCommit !== undefined
          ? { done: sent, total: ofCommit, unit: 'items' }
          : { done, total, unit: 'commits' },
    });
  }

  async function* work(): AsyncGenerator<SourceBatch> {
    await reader.prefetch?.(ahead);
    for (const step of ahead) {
      context.signal.throwIfAborted();
      const { observations, skipped, next } = await reader.read(step, cursor);
      let sent = cursor.sent ?? 0;
      let rest = observations.slice(sent);
      if (batch.size > 0 && !batch.fits(rest.length)) {
        yield take(sent || undefined);
      }
      while (!batch.fits(rest.length)) {
        batch.add(rest.slice(0, maxBatch));
        rest = rest.slice(maxBatch);
        sent += maxBatch;
        yield take(sent, observations.length);
      }
      batch.add(rest);
      batch.skip(skipped ?? {});
      cursor = { ...next, sent: undefined };
      done += 1;
      if (batch.size >= enough || batch.isDue()) {
        yield take();
      }
    }
    ahead = [];
  }

  if (total > 0) {
    for await (const step of walkLine({
      git: mirror.git,
      gitDir: mirror.gitDir,
      tip: options.tip,
      without: options.without,
      onLine: options.onLine,
      signal: context.signal,
    })) {
      ahead.push(step);
      if (ahead.length >= readAhead) {
        yield* work();
      }
    }
    yield* work();
  }
  if (batch.size > 0) {
    yield take();
  }
  return cursor;
}
