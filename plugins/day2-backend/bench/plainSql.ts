import { DAY_MS, type Scoreboard } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import type { Measured } from './measure';

/**
 * What somebody would write over the rows: how many deployments, and the median
 * lead time. No failures, recoveries, groups of groups, permissions or weeks of
 * a zone, and no period before.
 */
const QUERIES = {
  organisation: `
    select count(distinct d.id) as n, count(c.sha) as commits,
      percentile_cont(0.5) within group (
        order by (d.finished_at - c.committed_at) / 1000
      ) as p50
    from deployment d
    left join deployment_commit dc on dc.deployment_id = d.id and dc.first
    left join git_commit c on c.repository = dc.repository and c.sha = dc.sha
    where d.environment = 'production' and d.rollout = 'succeeded'
      and d.finished_at >= ? and d.finished_at < ?`,
  'team and week': `
    select s.owner, (d.finished_at / 86400000 + 3) / 7 as week,
      count(distinct d.id) as n, count(c.sha) as commits,
      percentile_cont(0.5) within group (
        order by (d.finished_at - c.committed_at) / 1000
      ) as p50
    from deployment d
    join service s on s.id = d.service_id
    left join deployment_commit dc on dc.deployment_id = d.id and dc.first
    left join git_commit c on c.repository = dc.repository and c.sha = dc.sha
    where d.environment = 'production' and d.rollout = 'succeeded'
      and d.finished_at >= ? and d.finished_at < ?
    group by 1, 2`,
};

/** A row of one of the queries. */
export interface PlainRow {
  /** Of a team and a week. */
  owner?: string;
  /** ISO weeks since that of 1970-01-01, UTC. */
  week?: string;
  n: string;
  commits: string;
  p50: number | null;
}

/** Runs them, and tells what they say. */
export async function plainSql(options: {
  database: Knex;
  from: number;
  to: number;
  calls: number;
}): Promise<{ rows: Measured[]; said: Record<string, PlainRow[]> }> {
  const { database, from, to } = options;
  const rows: Measured[] = [];
  const said: Record<string, PlainRow[]> = {};
  for (const [name, sql] of Object.entries(QUERIES)) {
    const times: number[] = [];
    for (let call = 0; call <= options.calls; call += 1) {
      const began = performance.now();
      said[name] = (await database.raw(sql, [from, to])).rows;
      times.push(performance.now() - began);
    }
    const [cold, ...warm] = times;
    const sorted = warm.sort((a, b) => a - b);
    rows.push({
      name: `plain SQL: ${name}, 90 days`,
      cold,
      p50: sorted[Math.ceil(0.5 * sorted.length) - 1],
      p95: sorted[Math.ceil(0.95 * sorted.length) - 1],
      bytes: 0,
    });
  }
  return { rows, said };
}

/**
 * Holds a scoreboard by team, with its weeks, to the plain SQL: how many
 * deployments and commits, and the median, of all of it and of each owner's
 * every week.
 *
 * @returns how many figures were the same
 * @throws Error where one is not
 */
export function expectSame(options: {
  board: Scoreboard;
  said: Record<string, PlainRow[]>;
}): number {
  const { board, said } = options;
  let compared = 0;
  const expectOne = (what: string, ours: unknown[], plain?: PlainRow) => {
    const commits = Number(plain?.commits ?? 0);
    // Of fewer than three there is no median.
    const p50 = commits < 3 ? undefined : Number(plain?.p50);
    const theirs = [Number(plain?.n ?? 0), commits, p50];
    if (ours.some((each, at) => each !== theirs[at])) {
      throw new Error(
        `${what}: the scoreboard says ${ours.join(
          ', ',
        )} (deployments, commits, median), the rows ${theirs.join(', ')}`,
      );
    }
    compared += ours.length;
  };
  const [frequency, lead] = board.total.figures;
  expectOne(
    'all',
    [frequency.figure.n, lead.figure.n, lead.figure.value],
    said.organisation[0],
  );
  for (const owner of new Set(said['team and week'].map(row => row.owner))) {
    const item = board.items.find(({ ref }) => ref === owner);
    const [deployed = [], leads = []] =
      item?.figures.map(({ trend }) => trend) ?? [];
    if (deployed.length === 0) {
      throw new Error(`The scoreboard has no weeks of ${owner}`);
    }
    deployed.forEach(({ week, from, figure }, at) => {
      const day = Math.floor(Date.parse(from) / DAY_MS);
      expectOne(
        `${owner} in ${week}`,
        [figure.n, leads[at].figure.n, leads[at].figure.value],
        said['team and week'].find(
          row =>
            row.owner === owner &&
            Number(row.week) === Math.floor((day + 3) / 7),
        ),
      );
    });
  }
  return compared;
}
