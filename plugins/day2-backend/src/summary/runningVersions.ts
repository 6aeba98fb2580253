import type { RunningVersion } from '@day2/backstage-plugin-day2-common';
import {
  toNumber,
  type DeploymentRecord,
  type DeploymentRow,
} from '../database';
import { iso } from '../http/range';

/** What is read of a deployment to know what runs. */
export type RecentDeployment = Pick<
  DeploymentRow,
  'id' | 'environment' | 'version' | 'finished_at' | 'rollout' | 'record'
>;

/**
 * What runs now, by environment and target: of each target the newest
 * deployment that reached it.
 *
 * @param rows - the newest deployments of each environment, newest first
 */
export function runningVersions(rows: RecentDeployment[]): RunningVersion[] {
  const byEnvironment = new Map<string, RecentDeployment[]>();
  for (const row of rows) {
    if (row.rollout === 'failed' || row.rollout === 'cancelled') {
      continue;
    }
    const list = byEnvironment.get(row.environment) ?? [];
    list.push(row);
    byEnvironment.set(row.environment, list);
  }
  return [...byEnvironment].map(([environment, [newest, ...older]]) => {
    const targets = new Map<string, RunningVersion['targets'][number]>();
    for (const row of [newest, ...older]) {
      const record = JSON.parse(row.record) as DeploymentRecord;
      for (const target of record.targets) {
        const reached =
          target.rollout === 'succeeded' || target.rollout === 'unknown';
        if (reached && !targets.has(target.name)) {
          targets.set(target.name, {
            name: target.name,
            version: row.version,
            since: iso(target.finishedAt),
          });
        }
      }
    }
    return {
      environment,
      version: newest.version,
      since: iso(toNumber(newest.finished_at)),
      deploymentId: newest.id,
      targets: [...targets.values()].sort((a, b) =>
        a.name.localeCompare(b.name, 'en'),
      ),
    };
  });
}
