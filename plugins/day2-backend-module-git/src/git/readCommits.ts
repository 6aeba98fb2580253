import type { Git } from './Git';

/** A file that a commit touched against its first parent. */
export interface FileChange {
  path: string;
  oldMode: string;
  newMode: string;
  /** Absent where the file was added. */
  oldSha?: string;
  /** Absent where the file was removed. */
  newSha?: string;
}

/** A commit as `git log --raw` has it. */
export interface Commit {
  sha: string;
  parents: string[];
  /** Epoch milliseconds: committer time. */
  committedAt: number;
  author: { name: string; email: string };
  message: string;
  files: FileChange[];
}

const zero = /^0+$/;
const format = 'tformat:%x01%H%x00%P%x00%ct%x00%an%x00%ae%x00%B%x00';

/**
 * Commits in topological order, parents first, each with the files it touched
 * against its first parent.
 */
export async function* readCommits(options: {
  git: Git;
  gitDir: string;
  /** Revision arguments: SHAs, `^sha`. */
  revisions: string[];
  /** Only the newest so many of them. */
  newest?: number;
  /** Just the commits named, no ancestors. */
  noWalk?: boolean;
  signal?: AbortSignal;
}): AsyncGenerator<Commit> {
  const { output } = options.git.start({
    args: [
      'log',
      ...(options.noWalk
        ? ['--no-walk=unsorted']
        : ['--topo-order', '--reverse']),
      '-z',
      '--raw',
      '--no-abbrev',
      '--no-renames',
      '--no-ext-diff',
      '--root',
      '--diff-merges=first-parent',
      `--format=${format}`,
      ...(options.newest === undefined
        ? []
        : [`--max-count=${options.newest}`]),
      '--stdin',
    ],
    input: `${options.revisions.join('\n')}\n`,
    gitDir: options.gitDir,
    signal: options.signal,
    timeoutMs: 60 * 60_000,
  });
  let commit: Commit | undefined;
  let header: string[] = [];
  let raw: string | undefined;
  for await (const token of tokens(output)) {
    if (header.length > 0 && header.length < 6) {
      header.push(token);
      if (header.length === 6) {
        commit = toCommit(header);
      }
    } else if (raw !== undefined && commit) {
      commit.files.push(toFile(raw, token));
      raw = undefined;
    } else if (token.startsWith('\u0001')) {
      if (commit) {
        yield commit;
      }
      commit = undefined;
      header = [token.slice(1)];
    } else if (/^\n?:/.test(token)) {
      raw = token.replace(/^\n?:/, '');
    }
  }
  if (commit) {
    yield commit;
  }
}

async function* tokens(output: AsyncGenerator<Buffer>): AsyncGenerator<string> {
  let rest: Buffer | undefined;
  for await (const chunk of output) {
    const data: Buffer = rest ? Buffer.concat([rest, chunk]) : chunk;
    let from = 0;
    for (;;) {
      const end = data.indexOf(0, from);
      if (end < 0) {
        break;
      }
      yield data.toString('utf8', from, end);
      from = end + 1;
    }
    rest = from < data.length ? data.subarray(from) : undefined;
  }
}

function toCommit(header: string[]): Commit {
  const [sha, parents, seconds, name, email, message] = header;
  return {
    sha,
    parents: parents ? parents.split(' ') : [],
    committedAt: Number(seconds) * 1000,
    author: { name, email },
    message: message.trim(),
    files: [],
  };
}

function toFile(raw: string, path: string): FileChange {
  const [oldMode, newMode, oldSha, newSha] = raw.split(' ');
  return {
    path,
    oldMode,
    newMode,
    oldSha: zero.test(oldSha) ? undefined : oldSha,
    newSha: zero.test(newSha) ? undefined : newSha,
  };
}
