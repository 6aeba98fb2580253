import type { CarriedCommits } from './carriedCommits';

/** Tips of one repository that are kept: the newest. */
export const MAX_TIPS = 64;

/**
 * What an environment has had of a repository, as the fewest commits whose
 * ancestors it is: one where each version follows the one before, more where a
 * branch that was deployed has never been merged.
 *
 * @remarks Of more than 64 the oldest is forgotten: a deployment that goes back
 * to a branch left that long ago would count its commits once more.
 *
 * @param options - `found`: what is known of `sha` beside the tips; absent where nothing is
 */
export function nextTips(options: {
  tips: readonly string[];
  sha: string;
  found?: Pick<CarriedCommits, 'contained' | 'known'>;
}): string[] {
  const { tips, sha, found } = options;
  if (tips.includes(sha) || found?.known) {
    return [...tips];
  }
  return [...tips.filter(tip => !found?.contained.includes(tip)), sha].slice(
    -MAX_TIPS,
  );
}
