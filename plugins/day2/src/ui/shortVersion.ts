/** Hash of a commit or an image. Shorter ones are names somebody chose. */
const hash = /(?<![0-9a-z])(?=[0-9]*[a-f])[0-9a-f]{32,64}(?![0-9a-z])/g;
const semver = /(?<![0-9a-z])v?\d+\.\d+\.\d+[-+][0-9a-z.+-]+/gi;

/** How much of a hash is shown: enough to tell two apart. */
export const shownOfHash = 12;

/**
 * A text with its hashes cut to their first characters: versions that are
 * commits, and digests of images. A semantic version stays whole, whatever its
 * build says, since a cut one would be another version.
 */
export function shortVersion(text: string): string {
  const kept = [...text.matchAll(semver)].map(match => ({
    from: match.index,
    to: match.index + match[0].length,
  }));
  return text.replace(hash, (found, at: number) =>
    kept.some(({ from, to }) => at >= from && at < to)
      ? found
      : found.slice(0, shownOfHash),
  );
}
