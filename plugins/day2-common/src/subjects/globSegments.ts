/**
 * Whether a path begins with what a pattern of segments describes; `**` stands
 * for any number of segments.
 *
 * @remarks Only the last `**` is ever taken back, so the steps are at most
 * pattern × path: a pattern is written by whoever writes a catalog entity.
 */
export function globSegments(options: {
  pattern: string[];
  path: string[];
  /** Whether one segment of the path fits one of the pattern. */
  matches: (pattern: string, segment: string) => boolean;
}): boolean {
  const { pattern, path, matches } = options;
  let at = 0;
  let pathAt = 0;
  let wild: { at: number; pathAt: number } | undefined;
  while (at < pattern.length) {
    if (pattern[at] === '**') {
      at += 1;
      wild = { at, pathAt };
    } else if (pathAt === path.length) {
      // Another turn of the wildcard would leave still fewer segments.
      return false;
    } else if (matches(pattern[at], path[pathAt])) {
      at += 1;
      pathAt += 1;
    } else if (wild) {
      wild.pathAt += 1;
      ({ at, pathAt } = wild);
    } else {
      return false;
    }
  }
  return true;
}
