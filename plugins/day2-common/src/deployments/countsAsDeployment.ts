import type { FinishBasis, Reason, Rollout } from './deployment';

/** Whether a roll-out of that word left the version serving. */
export function isLive(rollout: Rollout): boolean {
  return rollout === 'succeeded' || rollout === 'unknown';
}

/**
 * Whether a deployment is one of D, which the DORA metrics count and divide by
 * (metrics.md, "Desired and deployed"; ADR 5): its roll-out succeeded, or it is
 * a desired commit of whose roll-out nothing is known.
 *
 * @returns the answer, and its reason in a code and a sentence
 *
 * @public
 */
export function countsAsDeployment(deployment: {
  basis: FinishBasis;
  rollout: Rollout;
}): { counts: boolean; reason: Reason } {
  const { basis, rollout } = deployment;
  switch (rollout) {
    case 'succeeded':
      return {
        counts: true,
        reason: { code: 'rollout-succeeded', text: 'Its roll-out succeeded' },
      };
    case 'unknown':
      return basis === 'desired'
        ? {
            counts: true,
            reason: {
              code: 'desired-is-deployed',
              text: 'Git tells nothing of the roll-out; the desired commit is the deployment',
            },
          }
        : {
            counts: false,
            reason: {
              code: 'rollout-unknown',
              text: 'Its source has not said how its roll-out ended',
            },
          };
    case 'cancelled':
      return {
        counts: false,
        reason: {
          code: 'rollout-cancelled',
          text: 'Its roll-out was cancelled',
        },
      };
    default:
      return {
        counts: false,
        reason: { code: 'rollout-failed', text: 'Its roll-out failed' },
      };
  }
}
