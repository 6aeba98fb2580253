import type { CommitObservation } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { canonicalJson, chunksOf, toNumber } from '../database';

interface KnownCommit {
  sha: string;
  version: string | number;
  position: number;
  parents: string;
  paths: string;
  paths_cut: boolean | number;
  withdrawn: boolean | number;
}

/** What commits mean for a repository's graph as it is known. */
export interface CommitPlan {
  /** Each commit once, with its place. */
  writes: { commit: CommitObservation; position: number }[];
  /** Shas that were not known. */
  fresh: string[];
  /** Fresh ones, and those that had been withdrawn. */
  added: number;
  /** A commit that was known is another than before, in what the graph is read for. */
  corrected: boolean;
}

/**
 * Compares commits with those stored, and gives each its position: one above
 * the highest of its parents. So it says the same whenever and from wherever a
 * commit is read, as parents come before their children.
 */
export async function planCommits(options: {
  transaction: Knex.Transaction;
  repository: string;
  commits: CommitObservation[];
}): Promise<CommitPlan> {
  const { commits } = options;
  const known = await knownCommits(options);
  const positions = await parentPositions(options);
  const writes = new Map<
    string,
    { commit: CommitObservation; position: number }
  >();
  const fresh = new Set<string>();
  let added = 0;
  let corrected = false;
  for (const commit of commits) {
    const stored = known.get(commit.sha);
    if (stored && commit.version < toNumber(stored.version)) {
      positions.set(commit.sha, stored.position);
      continue;
    }
    const position =
      1 + Math.max(0, ...commit.parents.map(sha => positions.get(sha) ?? 0));
    positions.set(commit.sha, position);
    const next: KnownCommit = {
      sha: commit.sha,
      version: commit.version,
      position,
      parents: commit.parents.join(' '),
      paths: canonicalJson(commit.paths),
      paths_cut: commit.pathsCut,
      withdrawn: false,
    };
    const differs = stored !== undefined && isOther(stored, next);
    if (
      stored &&
      !differs &&
      !stored.withdrawn &&
      toNumber(stored.version) === commit.version
    ) {
      continue;
    }
    if (!stored) {
      fresh.add(commit.sha);
    }
    added += !stored || stored.withdrawn ? 1 : 0;
    corrected ||= differs && !fresh.has(commit.sha);
    known.set(commit.sha, next);
    writes.set(commit.sha, { commit, position });
  }
  return { writes: [...writes.values()], fresh: [...fresh], added, corrected };
}

function isOther(stored: KnownCommit, next: KnownCommit): boolean {
  return (
    stored.position !== next.position ||
    stored.parents !== next.parents ||
    stored.paths !== next.paths ||
    Boolean(stored.paths_cut) !== Boolean(next.paths_cut)
  );
}

async function knownCommits(options: {
  transaction: Knex.Transaction;
  repository: string;
  commits: CommitObservation[];
}): Promise<Map<string, KnownCommit>> {
  const known = new Map<string, KnownCommit>();
  const shas = new Set(options.commits.map(({ sha }) => sha));
  for (const chunk of chunksOf([...shas])) {
    const rows: KnownCommit[] = await options
      .transaction('git_commit')
      .where({ repository: options.repository })
      .whereIn('sha', chunk)
      .select(
        'sha',
        'version',
        'position',
        'parents',
        'paths',
        'paths_cut',
        'withdrawn',
      );
    rows.forEach(row => known.set(row.sha, row));
  }
  return known;
}

async function parentPositions(options: {
  transaction: Knex.Transaction;
  repository: string;
  commits: CommitObservation[];
}): Promise<Map<string, number>> {
  const positions = new Map<string, number>();
  const parents = new Set(options.commits.flatMap(commit => commit.parents));
  for (const chunk of chunksOf([...parents])) {
    const rows: { sha: string; position: number }[] = await options
      .transaction('git_commit')
      .where({ repository: options.repository })
      .whereIn('sha', chunk)
      .select('sha', 'position');
    rows.forEach(row => positions.set(row.sha, row.position));
  }
  return positions;
}
