import { CustomErrorBase } from '@backstage/errors';

/** Another replica has taken the deliveries over: nothing of them may land here. */
export class ClaimLostError extends CustomErrorBase {
  constructor() {
    super('The claim of deliveries was lost');
  }
}

export function isClaimLostError(error: unknown): error is ClaimLostError {
  return error instanceof Error && error.name === 'ClaimLostError';
}
