/** What `git ls-remote` tells. */
export interface RemoteState {
  branch: string;
  /** What to fetch: the branch, or HEAD where that is detached. */
  ref: string;
  tip?: string;
  tags: string[];
  /** Not empty, though the branch may be missing. */
  hasRefs: boolean;
}

/** Reads the answer of `git ls-remote`. */
export function parseRemote(text: string, configured?: string): RemoteState {
  const refs = new Map<string, string>();
  let head: string | undefined;
  for (const line of text.split('\n')) {
    const symref = /^ref: refs\/heads\/(?<branch>.+)\tHEAD$/.exec(line)?.groups;
    if (symref) {
      head = symref.branch;
      continue;
    }
    const [sha, ref] = line.split('\t');
    if (ref) {
      refs.set(ref, sha);
    }
  }
  const detached =
    configured === undefined && head === undefined && refs.has('HEAD');
  const branches = [...refs.keys()].filter(ref =>
    ref.startsWith('refs/heads/'),
  );
  // A detached HEAD names no branch: one that stands at the same commit, if any.
  const guessed = branches.find(ref => refs.get(ref) === refs.get('HEAD'));
  const branch =
    configured ??
    head ??
    guessed?.slice('refs/heads/'.length) ??
    (detached ? 'HEAD' : 'main');
  const ref = detached ? 'HEAD' : `refs/heads/${branch}`;
  return {
    branch,
    ref,
    tip: refs.get(ref),
    tags: [...refs]
      .filter(
        ([name]) => name.startsWith('refs/tags/') && !name.endsWith('^{}'),
      )
      .map(([name, sha]) => `${sha} ${name}`),
    hasRefs: refs.size > 0,
  };
}
