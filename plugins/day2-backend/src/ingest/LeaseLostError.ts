import { CustomErrorBase } from '@backstage/errors';

/**
 * Another replica runs the source now, or it was paused or released: nothing of
 * the batch has landed, and the run ends without being counted as a failure.
 */
export class LeaseLostError extends CustomErrorBase {
  constructor(sourceId: string) {
    super(`The lease of ${sourceId} was lost`);
  }
}

export function isLeaseLostError(error: unknown): error is LeaseLostError {
  return error instanceof Error && error.name === 'LeaseLostError';
}
