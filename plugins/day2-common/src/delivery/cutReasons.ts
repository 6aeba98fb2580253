import type { Reason } from '../deployments/deployment';

/** As many signs as anybody reads: one version may be named by thousands. */
export const MAX_SIGNS = 20;

/** The first reasons, and how many more there are of them. */
export function cutReasons(
  reasons: readonly Reason[],
  noun: 'deployments' | 'incidents',
): Reason[] {
  const more = reasons.length - MAX_SIGNS;
  return more <= 0
    ? [...reasons]
    : [
        ...reasons.slice(0, MAX_SIGNS),
        { code: 'more-signs', text: `${more} more ${noun} say so` },
      ];
}
