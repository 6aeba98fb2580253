import type { RepositoryConfig } from '../readRepository';
import type { GitCursor } from './cursor';
import { findSuperseded } from './findSuperseded';
import type { FirstParentLine } from './FirstParentLine';

/** What a run has to do between the cursor and the tip. */
export interface RunPlan {
  /** Where reading begins. */
  cursor: GitCursor;
  /** Where the last run stopped, if this one goes on from there. */
  former?: GitCursor;
  /** What is reachable from these is left out of the walk. */
  without: string[];
  onLine: Set<string>;
  /** Prefixes of keys that hold no longer. */
  withdraw: { keyPrefix: string; reason: string }[];
  /** Commits read before that have come onto the line. */
  promoted: string[];
}

/**
 * Compares where reading stands with what the remote has now: a first run, a
 * continuation, another configuration, a deeper clone, rewritten history.
 */
export async function planRun(options: {
  config: RepositoryConfig;
  settings: string;
  branch: string;
  tip: string;
  former?: GitCursor;
  /** Somebody asked to read again. */
  reread?: boolean;
  /** Whether the mirror still has the cursor's commits. */
  hasFormer: boolean;
  line: FirstParentLine;
  now: number;
}): Promise<RunPlan> {
  const { config, former, tip, line, now } = options;
  const { role } = config;
  const cuts = await line.cuts();
  if (
    !former ||
    options.reread ||
    former.role !== role ||
    former.settings !== options.settings ||
    (former.shallowFrom !== undefined && !cuts.has(former.shallowFrom)) ||
    (former.sha !== undefined && !options.hasFormer) ||
    // Rewritten while it is read anew: what an older reading said beyond the
    // cursor holds no longer either.
    (former.readTo !== undefined && !(await line.includes(tip, former.readTo)))
  ) {
    return await startPlan({ ...options, cuts });
  }
  const cursor = { ...former, branch: options.branch };
  if (!cursor.sha) {
    return {
      cursor,
      without: [],
      onLine: new Set(await line.commits(tip)),
      withdraw: [],
      promoted: [],
    };
  }
  if (await line.includes(tip, cursor.sha)) {
    return {
      cursor,
      without: [cursor.sha],
      onLine: new Set(await line.commits(tip, cursor.sha)),
      withdraw: [],
      promoted: [],
    };
  }
  const fork = await line.fork({ old: cursor.sha, tip });
  const gone = new Set(await line.reachable(cursor.sha, tip));
  const next: GitCursor = {
    ...cursor,
    sent: undefined,
    generation: cursor.generation + 1,
    rewritten:
      gone.size > 0 ? { at: now, commits: gone.size } : cursor.rewritten,
  };
  const rewritten = `history of ${options.branch} was rewritten: this commit is no longer on it`;
  const moved = `the branch was merged the other way round: this commit is no longer on the first-parent line of ${options.branch}`;
  if (role === 'gitops') {
    const start = fork.sha;
    return {
      cursor: {
        ...next,
        sha: start,
        position: start ? await line.position(start) : 0,
      },
      without: start ? [start] : [],
      onLine: new Set(fork.added),
      withdraw: fork.left.map(sha => ({
        keyPrefix: sha,
        reason: gone.has(sha) ? rewritten : moved,
      })),
      promoted: [],
      former,
    };
  }
  const fresh = new Set(await line.reachable(tip, cursor.sha));
  return {
    cursor: next,
    without: [cursor.sha],
    onLine: new Set(fork.added.filter(sha => fresh.has(sha))),
    withdraw: [
      ...[...gone].map(sha => ({ keyPrefix: sha, reason: rewritten })),
      ...fork.left
        .filter(sha => !gone.has(sha))
        .map(sha => ({ keyPrefix: `${sha}:change`, reason: moved })),
    ],
    promoted: fork.added.filter(sha => !fresh.has(sha)),
    former,
  };
}

/** Reads from the beginning, or from where history or the configuration lets it begin. */
async function startPlan(options: {
  config: RepositoryConfig;
  settings: string;
  branch: string;
  tip: string;
  former?: GitCursor;
  hasFormer: boolean;
  line: FirstParentLine;
  cuts: Set<string>;
}): Promise<RunPlan> {
  const { config, former, line, tip, cuts } = options;
  const since =
    config.since === undefined
      ? undefined
      : await line.before(tip, config.since);
  const all = await line.commits(tip, since);
  const oldest = since ?? all[0];
  const cut = oldest !== undefined && cuts.has(oldest) ? oldest : undefined;
  // What a shallow clone's oldest commit changed is not known: it is the state
  // to start from, and no deployment.
  const start = since ?? (config.role === 'gitops' ? cut : undefined);
  const lost = Boolean(former?.sha) && !options.hasFormer;
  const onLine = new Set(start ? all.filter(sha => sha !== start) : all);
  const superseded = await findSuperseded({ ...options, onLine });
  return {
    cursor: {
      role: config.role,
      branch: options.branch,
      sha: start,
      position:
        start && config.role === 'gitops' ? await line.position(start) : 0,
      generation: former ? former.generation + 1 : 1,
      settings: options.settings,
      shallowFrom:
        [...cuts].find(sha => sha === all[0]) ?? cut ?? [...cuts].sort()[0],
      rereading: former ? true : undefined,
      readTo: superseded.readTo,
      rewritten: former?.rewritten,
      lost: lost || undefined,
      tags: former?.tags,
      tagsVersion: former?.tagsVersion,
      tagsOf: former?.tagsOf,
    },
    without: start ? [start] : [],
    onLine,
    withdraw: superseded.withdraw,
    promoted: [],
    // Until all is withdrawn it stays the place to begin anew from.
    former: former && { ...former, reread: true },
  };
}
