/**
 * Whether a path, or a folder above it, fits a pattern: `*` stands for anything
 * within one segment, `**` for any number of segments. Slashes and `./` at the
 * ends are ignored.
 *
 * @public
 */
export function pathMatches(options: {
  pattern: string;
  path: string;
}): boolean {
  const pattern = segmentsOf(options.pattern);
  const path = segmentsOf(options.path);
  return matchFrom({ pattern, path, at: 0, pathAt: 0 });
}

/**
 * Whether any of the paths fits any of the patterns; true where there are no
 * patterns, undefined where the list of paths is empty or cut and none fits.
 *
 * @public
 */
export function anyPathMatches(options: {
  patterns: string[];
  paths: string[];
  /** There were more paths than these. */
  cut?: boolean;
}): boolean | undefined {
  const { patterns, paths, cut } = options;
  if (patterns.length === 0) {
    return true;
  }
  const found = paths.some(path =>
    patterns.some(pattern => pathMatches({ pattern, path })),
  );
  return found || (!cut && paths.length > 0) ? found : undefined;
}

/** The segments of a path, without empty ones and `.`. */
export function segmentsOf(path: string): string[] {
  return path.split('/').filter(segment => segment !== '' && segment !== '.');
}

/** A comma list as annotations write it. */
export function commaList(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '');
}

function matchFrom(options: {
  pattern: string[];
  path: string[];
  at: number;
  pathAt: number;
}): boolean {
  const { pattern, path, at, pathAt } = options;
  if (at === pattern.length) {
    return true;
  }
  if (pattern[at] === '**') {
    // Several in a row say the same as one.
    let next = at;
    while (pattern[next] === '**') {
      next += 1;
    }
    for (let skip = pathAt; skip <= path.length; skip += 1) {
      if (matchFrom({ pattern, path, at: next, pathAt: skip })) {
        return true;
      }
    }
    return false;
  }
  return (
    pathAt < path.length &&
    segmentMatches(pattern[at], path[pathAt]) &&
    matchFrom({ pattern, path, at: at + 1, pathAt: pathAt + 1 })
  );
}

function segmentMatches(pattern: string, segment: string): boolean {
  const parts = pattern.split('*');
  if (parts.length === 1) {
    return pattern === segment;
  }
  const first = parts[0];
  const last = parts[parts.length - 1];
  if (
    !segment.startsWith(first) ||
    !segment.endsWith(last) ||
    segment.length < first.length + last.length
  ) {
    return false;
  }
  let at = first.length;
  const end = segment.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = segment.indexOf(part, at);
    if (found < 0 || found + part.length > end) {
      return false;
    }
    at = found + part.length;
  }
  return true;
}
