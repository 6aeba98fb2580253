import type { ModelCommit, ModelRepository } from '../git/ModelRepository';
import type { Random } from '../random/Random';
import { setConstant } from './applicationFiles';
import { type CommitIdentity, people } from './people';
import { sign } from './sign';
import { applyEdits, type SourceEdit } from './sourceEdits';
import { MINUTE } from './time';

/**
 * A pull request merged with a merge commit: a commit for each edit on a branch
 * that left main some hours ago (minutes, where urgent), then the merge.
 */
export function mergeWithBranch(options: {
  repository: ModelRepository;
  edits: SourceEdit[];
  branchName: string;
  title: string;
  trailers: string;
  number: number;
  author: CommitIdentity;
  at: number;
  urgent?: boolean;
  random: Random;
}): ModelCommit {
  const { repository, edits, title, author, at, random } = options;
  const openMinutes = options.urgent
    ? random.int(8, 20)
    : random.int(60, 30 * 60);
  const fork =
    repository.tipAt(at - openMinutes * MINUTE) ?? repository.main[0];
  const begun = Math.max(
    at - openMinutes * MINUTE,
    (fork.committer.at + at) / 2,
  );
  let tree = fork.tree;
  const branch = edits.map((edit, i) => {
    const text = setConstant({ ...edit, text: tree.read(edit.path) ?? '' });
    tree = tree.with(edit.path, text);
    const written = begun + ((at - begun) * i) / edits.length;
    // Some commits are amended or rebased after they were written.
    const committed = random.chance(0.3)
      ? Math.min(written + random.int(1, 5) * MINUTE, at)
      : written;
    return {
      author: sign(author, written),
      committer: sign(author, committed),
      message:
        i === 0
          ? `${title}${options.trailers}`
          : random.pick(['Address review', 'Add tests', 'Fix lint']),
      changes: new Map([[edit.path, text]]),
    };
  });
  return repository.mergeBranch({
    fork,
    branch,
    merge: {
      author: sign(author, at),
      committer: sign(people.host, at),
      message: `Merge pull request #${options.number} from tern/${options.branchName}\n\n${title}`,
      changes: applyEdits(repository, edits),
    },
  });
}
