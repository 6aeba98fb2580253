import type { SourceBatch } from '@day2/backstage-plugin-day2-node';
import type { FilesCursor } from './cursor';

/** Reasons that are shown, and items that are kept for the quarantine. */
const MAX_PROBLEMS = 5;
const MAX_ITEMS = 20;

type Pass = NonNullable<FilesCursor['pass']>;

/**
 * Notes that files of an entity cannot be read.
 *
 * @returns what only those may see who look after sources: which they are
 */
export function noteUnreadable(options: {
  pass: Pass;
  ref: string;
  /** With the reason. */
  files: Map<string, string>;
}): NonNullable<SourceBatch['rejected']> {
  const { pass, ref, files } = options;
  const before = pass.unreadable;
  for (const reason of files.values()) {
    pass.unreadable += 1;
    if (
      !pass.problems.includes(reason) &&
      pass.problems.length < MAX_PROBLEMS
    ) {
      pass.problems.push(reason);
    }
  }
  return [...files]
    .slice(0, Math.max(0, MAX_ITEMS - before))
    .map(([file, reason]) => ({
      key: `${ref}#${file}`,
      reason: `${file} ${reason}`,
      item: { entityRef: ref, file },
    }));
}

/**
 * Whoever sees the sources may not see each service: no entity and no file of
 * one is named.
 */
export function filesNotices({ unreadable, problems }: Pass): string[] {
  if (unreadable === 0) {
    return [];
  }
  const files = unreadable === 1 ? 'one file' : `${unreadable} files`;
  return [
    `What is known of ${files} stands, though not of now; the quarantine says which: ${problems.join(
      '; ',
    )}`,
  ];
}
