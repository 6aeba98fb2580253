import type { Observation } from '@day2/backstage-plugin-day2-node';
import { GitFailure } from '../git/GitFailure';
import type { Mirror } from '../git/Mirror';
import { readCommits } from '../git/readCommits';
import type { ApplicationReader } from './ApplicationReader';

/**
 * Commits that only tags reach, as of a hotfix on a release branch: part of
 * the graph, and no changes of the line. Withdraws those that no tag reaches
 * any more.
 */
export async function* readTagBranches(options: {
  mirror: Mirror;
  reader: ApplicationReader;
  tip: string;
  generation: number;
  /** Commits that the tags read last stand at. */
  former: string[];
  /** Commits that the tags there are stand at. */
  now: string[];
  signal: AbortSignal;
}): AsyncGenerator<Observation> {
  const { mirror, reader, tip, signal } = options;
  const now = new Set(options.now);
  const former = new Set(options.former);
  for (const sha of await unreached({
    mirror,
    tip,
    gone: [...former].filter(each => !now.has(each)),
    now: [...now],
    signal,
  })) {
    yield {
      kind: 'withdrawn',
      keyPrefix: `${sha}:commit`,
      reason: 'no branch that is read and no tag reaches this commit any more',
    };
  }
  const fresh = [...now].filter(sha => !former.has(sha));
  if (fresh.length === 0) {
    return;
  }
  for await (const commit of readCommits({
    git: mirror.git,
    gitDir: mirror.gitDir,
    revisions: [
      ...fresh,
      `^${tip}`,
      ...[...former].filter(sha => now.has(sha)).map(sha => `^${sha}`),
    ],
    signal,
  })) {
    yield reader.commit(commit, options.generation);
  }
}

async function unreached(options: {
  mirror: Mirror;
  tip: string;
  gone: string[];
  now: string[];
  signal: AbortSignal;
}): Promise<string[]> {
  const { mirror, tip, gone, now } = options;
  if (gone.length === 0) {
    return [];
  }
  const revisions = [...gone, `^${tip}`, ...now.map(sha => `^${sha}`)];
  try {
    const text = await mirror.git.text({
      args: ['rev-list', '--ignore-missing', '--stdin'],
      input: `${revisions.join('\n')}\n`,
      gitDir: mirror.gitDir,
      signal: options.signal,
      maxBytes: 512 * 1024 * 1024,
    });
    return text.split('\n').filter(Boolean);
  } catch (error) {
    // The mirror may have dropped them in part; in the graph they do no harm.
    if (error instanceof GitFailure && !options.signal.aborted) {
      return [];
    }
    throw error;
  }
}
