import type { FileChange } from '../git/readCommits';
import { diffFiles, type FieldDiff } from './diffFiles';
import type { ParsedFile } from './model';
import type { PlacePattern } from './place';
import { Removals } from './Removals';

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
  const removed = Removals.of(changes, options.places);
  const diffs: FieldDiff[] = [];
  for (const change of changes) {
    if (!change.newSha) {
      continue;
    }
    let { oldSha } = change;
    let oldPath = change.path;
    if (!oldSha) {
      const former = removed.takeFormer(change);
      if (former) {
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
  for (const change of removed.rest()) {
    diffs.push(
      ...diffFiles({
        path: change.path,
        before: get(change.path, change.oldSha),
      }),
    );
  }
  return diffs;
}
