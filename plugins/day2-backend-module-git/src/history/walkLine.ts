import type { Git } from '../git/Git';
import { readCommits, type Commit } from '../git/readCommits';

/** A commit of the first-parent line and what it brought. */
export interface LineStep {
  commit: Commit;
  /** Commits of merged branches that came with it, parents first. */
  side: Commit[];
}

/**
 * The first-parent line, oldest first, each of its commits with the commits of
 * side branches that it brought: every commit of the range once, parents before
 * children, in an order that does not depend on where reading began.
 */
export async function* walkLine(options: {
  git: Git;
  gitDir: string;
  tip: string;
  /** What is reachable from these is left out. */
  without: string[];
  /** The commits of the line. */
  onLine: Set<string>;
  signal?: AbortSignal;
}): AsyncGenerator<LineStep> {
  const pending = new Map<string, Commit>();
  for await (const commit of readCommits({
    git: options.git,
    gitDir: options.gitDir,
    revisions: [options.tip, ...options.without.map(sha => `^${sha}`)],
    signal: options.signal,
  })) {
    if (options.onLine.has(commit.sha)) {
      yield { commit, side: takeSide(commit, pending) };
    } else {
      pending.set(commit.sha, commit);
    }
  }
}

/** Post-order: a commit comes after all its parents. */
function takeSide(merge: Commit, pending: Map<string, Commit>): Commit[] {
  const side: Commit[] = [];
  const stack = merge.parents
    .slice(1)
    .reverse()
    .map(sha => ({ sha, open: true }));
  while (stack.length > 0) {
    const { sha, open } = stack.pop()!;
    const commit = pending.get(sha);
    if (!commit) {
      continue;
    }
    if (open) {
      const waiting = commit.parents.filter(parent => pending.has(parent));
      if (waiting.length > 0) {
        stack.push({ sha, open: false });
        stack.push(
          ...waiting.reverse().map(parent => ({ sha: parent, open: true })),
        );
        continue;
      }
    }
    pending.delete(sha);
    side.push(commit);
  }
  return side;
}
