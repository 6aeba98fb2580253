const rewriteShownMs = 14 * 86_400_000;
const renewalShownMs = 86_400_000;

/** What the Sources page should say of a repository while it holds. */
export function findNotices(options: {
  now: number;
  empty?: boolean;
  /** When the history that is there begins, where it was cut off. */
  shallowSince?: number;
  since?: number;
  rewritten?: { at: number; commits: number };
  rereading?: boolean;
  lost?: boolean;
  /** When the mirror was found damaged and cloned anew. */
  renewedAt?: number;
}): string[] {
  const notices: string[] = [];
  if (options.empty) {
    notices.push('The repository is empty: there is no commit yet.');
  }
  if (options.shallowSince !== undefined) {
    notices.push(
      `Shallow clone: history begins ${day(
        options.shallowSince,
      )}. Run git fetch --unshallow in it to have all of it.`,
    );
  }
  if (options.since !== undefined) {
    notices.push(
      `History is read from ${day(options.since)} on, as configured.`,
    );
  }
  if (
    options.rewritten &&
    options.now - options.rewritten.at < rewriteShownMs
  ) {
    notices.push(
      `History was rewritten (force push), noticed ${day(
        options.rewritten.at,
      )}: ${
        options.rewritten.commits
      } commits are no longer on the branch; what was recorded of them is superseded.`,
    );
  }
  if (options.lost) {
    notices.push(
      'The mirror was lost and history rewritten meanwhile: what was recorded of commits that are gone could not be told.',
    );
  }
  if (
    options.renewedAt !== undefined &&
    options.now - options.renewedAt < renewalShownMs
  ) {
    notices.push(
      `The mirror on the portal’s disk was damaged and was cloned anew ${day(
        options.renewedAt,
      )}; reading went on where it was. Check the disk if this comes back.`,
    );
  }
  if (options.rereading) {
    notices.push(
      'The configuration or the depth of the history changed: it is read anew.',
    );
  }
  return notices;
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
