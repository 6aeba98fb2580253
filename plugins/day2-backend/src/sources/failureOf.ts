import type { SourceErrorCode } from '@day2/backstage-plugin-day2-common';
import { isSourceError, SourceError } from '@day2/backstage-plugin-day2-node';
import { scrubText, scrubTrouble } from '../ingest/scrub';

/** What a run failed with, for the log and for people. */
export function failureOf(error: unknown): {
  /** In full, for the log. */
  reason: string;
  /** People who may see sources need not know the portal's machine. */
  shown: { code: SourceErrorCode; text: string; fix?: string };
  retryAfterMs?: number;
} {
  const known = isSourceError(error) ? error : undefined;
  const reason = scrubText(
    error instanceof Error ? error.message : String(error),
  );
  return {
    reason,
    shown: {
      code: known?.code ?? 'internal',
      text: scrubTrouble(reason),
      fix: known?.fix && scrubTrouble(known.fix),
    },
    retryAfterMs: known?.retryAfterMs,
  };
}

/** A source that says nothing for long. */
export function nothingCame(afterMs: number): SourceError {
  return new SourceError({
    code: 'timeout',
    message: `Nothing came for ${
      afterMs > 60_000 ? `${Math.round(afterMs / 60_000)} minutes` : 'a minute'
    }.`,
    fix: 'Look at whether the tool answers and is not overloaded; a very large first reading may need a later date to begin at.',
  });
}
