import { globSegments } from './globSegments';

/** What a pattern may be at most: it is written by whoever writes an entity. */
const MAX_LENGTH = 1_000;
const MAX_WILD_SEGMENTS = 20;

/**
 * Whether a path, or a folder above it, fits a pattern: `*` stands for anything
 * within one segment, `**` for any number of segments. Slashes and `./` at the
 * ends are ignored. A pattern of over 1,000 characters or 20 `**` fits nothing.
 *
 * @public
 */
export function pathMatches(options: {
  pattern: string;
  path: string;
}): boolean {
  if (options.pattern.length > MAX_LENGTH) {
    return false;
  }
  const pattern = segmentsOf(options.pattern);
  if (pattern.filter(segment => segment === '**').length > MAX_WILD_SEGMENTS) {
    return false;
  }
  const path = segmentsOf(options.path);
  return globSegments({ pattern, path, matches: segmentMatches });
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
