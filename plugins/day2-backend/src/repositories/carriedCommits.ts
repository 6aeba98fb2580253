import { anyPathMatches } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import type { Breather } from '../database';

const PAGE = 64;
const MAX_PAGE = 2000;
const MAX_CARRIED = 5000;
const MAX_SCANNED = 200_000;

const COLUMNS = ['sha', 'parents', 'position'];

const OF_NEW = 1;
const OF_OLD = 2;

/** The commits between two revisions. */
export interface CarriedCommits {
  /** Newest first by position; merges too. */
  shas: string[];
  complete: boolean;
  /** Why it is not complete. */
  reason?: string;
  /** Those of `before` that are `sha` or ancestors of it, as far as was seen. */
  contained: string[];
  /** `sha` is one of `before`, or an ancestor of one. */
  known: boolean;
}

type Place = Pick<CommitRow, 'position' | 'sha'>;

interface CommitRow {
  sha: string;
  parents: string;
  position: number;
  paths?: string;
  paths_cut?: boolean | number;
}

/**
 * The ancestors of `sha`, itself included, that are no ancestors of any of
 * `before`: what `git rev-list sha --not before` lists.
 *
 * @remarks Commits are met by descending position, which grows from parent to
 * child, so that all that a commit is an ancestor of is known when it is met.
 * It ends as soon as no ancestor of `sha` alone is left to meet. A parent that
 * was met before its child, as while a repository is read anew, is told.
 *
 * @param options - `paths`: patterns that a commit must touch; all count where absent
 */
export async function carriedCommits(options: {
  database: Knex;
  repository: string;
  sha: string;
  before: string[];
  paths?: string[];
  breather?: Breather;
}): Promise<CarriedCommits> {
  const { repository, sha, before, paths } = options;
  const table = () => options.database('git_commit').where({ repository });
  const ends = await table()
    .whereIn('sha', [sha, ...before])
    .select('sha', 'position');
  const carried: string[] = [];
  const painted = new Map<string, number>(before.map(each => [each, OF_OLD]));
  painted.set(sha, (painted.get(sha) ?? 0) | OF_NEW);
  // What the ends were painted with when they were met.
  const atEnds = new Map<string, number>();
  const result = (complete: boolean, reason?: string): CarriedCommits => {
    const has = (end: string, flag: number) =>
      ((atEnds.get(end) ?? painted.get(end) ?? 0) & flag) !== 0;
    return {
      shas: carried,
      complete,
      reason,
      contained: before.filter(each => has(each, OF_NEW)),
      known: has(sha, OF_OLD),
    };
  };
  for (const end of [sha, ...before]) {
    if (!ends.some(row => row.sha === end)) {
      return result(
        false,
        `Commit ${end.slice(0, 8)} is not in ${repository} as read so far`,
      );
    }
  }
  // Met by `sha` alone and not looked at yet.
  const open = new Set(before.includes(sha) ? [] : [sha]);
  const isEnd = new Set([sha, ...before]);
  const met = new Set<string>();
  // 'g' follows every hex digit: all commits of that position are below.
  let below: Place = {
    position: Math.max(...ends.map(row => row.position)),
    sha: 'g',
  };
  let scanned = 0;
  for (let size = PAGE; open.size > 0; size = Math.min(size * 2, MAX_PAGE)) {
    await options.breather?.breathe();
    const page = await pageBelow({
      query: table(),
      below,
      size,
      columns: paths ? [...COLUMNS, 'paths', 'paths_cut'] : COLUMNS,
    });
    if (page.length === 0) {
      return result(
        false,
        `The history of ${repository} is known in part only`,
      );
    }
    for (const row of page) {
      const flags = painted.get(row.sha);
      if (flags === undefined) {
        continue;
      }
      painted.delete(row.sha);
      open.delete(row.sha);
      met.add(row.sha);
      if (isEnd.has(row.sha)) {
        atEnds.set(row.sha, flags);
      }
      if (flags === OF_NEW && touches(row, paths)) {
        carried.push(row.sha);
      }
      for (const parent of row.parents.split(' ').filter(Boolean)) {
        if (met.has(parent)) {
          return result(
            false,
            `The history of ${repository} is being read anew`,
          );
        }
        const known = (painted.get(parent) ?? 0) | flags;
        painted.set(parent, known);
        if (known === OF_NEW) {
          open.add(parent);
        } else {
          open.delete(parent);
        }
      }
      if (open.size === 0) {
        break;
      }
      if (carried.length >= MAX_CARRIED) {
        return result(
          false,
          `More than ${MAX_CARRIED} commits: the newest are listed`,
        );
      }
    }
    below = page[page.length - 1];
    scanned += page.length;
    if (scanned >= MAX_SCANNED) {
      return result(
        false,
        `The two revisions are more than ${MAX_SCANNED} commits apart`,
      );
    }
  }
  return result(true);
}

async function pageBelow(options: {
  query: Knex.QueryBuilder;
  below: Place;
  size: number;
  columns: string[];
}): Promise<CommitRow[]> {
  const { position, sha } = options.below;
  return options.query
    .whereRaw('(position, sha) < (?, ?)', [position, sha])
    .orderBy([
      { column: 'position', order: 'desc' },
      { column: 'sha', order: 'desc' },
    ])
    .limit(options.size)
    .select(...options.columns);
}

function touches(row: CommitRow, patterns: string[] | undefined): boolean {
  if (!patterns) {
    return true;
  }
  const cut = Boolean(row.paths_cut);
  const paths: string[] = JSON.parse(row.paths ?? '[]');
  // Of a commit with more paths than are kept it is not known: it counts.
  return anyPathMatches({ patterns, paths, cut }) ?? cut;
}
