import type { Knex } from 'knex';
import type { Measured } from './measure';

/**
 * What somebody would write over the rows: how many deployments, and the median
 * lead time. No failures, recoveries, groups of groups, permissions or weeks of
 * a zone.
 */
const QUERIES = {
  organisation: `
    select count(distinct d.id) as n,
      percentile_cont(0.5) within group (
        order by (d.finished_at - c.committed_at) / 1000
      ) as p50
    from deployment d
    left join deployment_commit dc on dc.deployment_id = d.id and dc.first
    left join git_commit c on c.repository = dc.repository and c.sha = dc.sha
    where d.environment = 'production' and d.rollout = 'succeeded'
      and d.finished_at >= ? and d.finished_at < ?`,
  'team and week': `
    select s.owner, floor((d.finished_at / 86400000 + 3) / 7) as week,
      count(distinct d.id) as n,
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

/** Runs them, and tells what the organisation's figures are. */
export async function plainSql(options: {
  database: Knex;
  from: number;
  to: number;
  calls: number;
}): Promise<{ rows: Measured[]; n: number; p50: number }> {
  const { database, from, to } = options;
  const rows: Measured[] = [];
  let figures = { n: 0, p50: 0 };
  for (const [name, sql] of Object.entries(QUERIES)) {
    const times: number[] = [];
    for (let call = 0; call <= options.calls; call += 1) {
      const began = performance.now();
      const answer = await database.raw(sql, [from, to]);
      times.push(performance.now() - began);
      if (name === 'organisation') {
        figures = {
          n: Number(answer.rows[0].n),
          p50: Number(answer.rows[0].p50),
        };
      }
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
  return { rows, ...figures };
}
