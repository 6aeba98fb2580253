import { CustomErrorBase } from '@backstage/errors';
import type { SourceErrorCode } from '@day2/backstage-plugin-day2-common';

/**
 * Why a source could not be read, in plain words for the Sources page.
 * Everything else that is thrown shows as `internal`.
 *
 * @public
 */
export class SourceError extends CustomErrorBase {
  readonly code: SourceErrorCode;
  /** What to do about it. */
  readonly fix?: string;
  /** Do not try again before this many milliseconds have passed. */
  readonly retryAfterMs?: number;
  /** The HTTP status, where one came. */
  readonly status?: number;

  constructor(options: {
    code: SourceErrorCode;
    message: string;
    fix?: string;
    retryAfterMs?: number;
    status?: number;
    cause?: Error;
  }) {
    super(options.message, options.cause);
    this.code = options.code;
    this.fix = options.fix;
    this.retryAfterMs = options.retryAfterMs;
    this.status = options.status;
  }
}

/** Tells a SourceError, also one of another copy of this package. @public */
export function isSourceError(error: unknown): error is SourceError {
  return (
    error instanceof Error && error.name === 'SourceError' && 'code' in error
  );
}
