import { posix } from 'node:path';
import type { FileChange } from '../git/readCommits';
import { diffFiles, type FieldDiff } from './diffFiles';
import type { ParsedFile } from './model';
import { findPlace, type PlacePattern } from './place';

/** Fields that differ in a commit; a file that moved is compared with what it was. */
export function diffCommit(options: {
  changes: FileChange[];
  /** A file of the commit as read. */
  file: (path: string, sha: string) => ParsedFile | undefined;
  places: PlacePattern[];
}): FieldDiff[] {
  const { changes } = options;
  const get = (path: string, sha?: string) =>
    sha ? options.file(path, sha) : undefined;
  const removed = changes.filter(change => !change.newSha);
  const paired = new Set<FileChange>();
  const diffs: FieldDiff[] = [];
  for (const change of changes) {
    if (!change.newSha) {
      continue;
    }
    let { oldSha } = change;
    let oldPath = change.path;
    if (!oldSha) {
      const former = removed.find(
        candidate =>
          !paired.has(candidate) && isMove(candidate, change, options.places),
      );
      if (former) {
        paired.add(former);
        oldSha = former.oldSha;
        oldPath = former.path;
      }
    }
    diffs.push(
      ...diffFiles({
        path: change.path,
        before: get(oldPath, oldSha),
        after: get(change.path, change.newSha),
      }),
    );
  }
  for (const change of removed) {
    if (!paired.has(change)) {
      diffs.push(
        ...diffFiles({
          path: change.path,
          before: get(change.path, change.oldSha),
        }),
      );
    }
  }
  return diffs;
}

function isMove(
  from: FileChange,
  to: FileChange,
  places: PlacePattern[],
): boolean {
  if (from.oldSha === to.newSha) {
    return true;
  }
  const a = findPlace(from.path, places);
  const b = findPlace(to.path, places);
  return (
    posix.basename(from.path) === posix.basename(to.path) &&
    a.application === b.application &&
    a.environment === b.environment &&
    a.target === b.target
  );
}
