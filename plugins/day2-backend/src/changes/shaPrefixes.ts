// As git abbreviates by default, up to a dozen, and in full.
const LENGTHS = [7, 8, 9, 10, 11, 12];

/** The forms in which a message may name a commit. */
export function shaPrefixes(sha: string): string[] {
  const full = sha.toLowerCase();
  return [full, ...LENGTHS.map(length => full.slice(0, length))].filter(
    (prefix, i, all) => all.indexOf(prefix) === i,
  );
}
