import type { RunningVersion } from '@day2/backstage-plugin-day2-common';
import { toNumber, type RunningRow } from '../database';
import { iso } from '../http/range';

/**
 * What runs now, by environment and target. Where several images of a service
 * run on one target, the newest deployment is named.
 */
export function runningVersions(rows: RunningRow[]): RunningVersion[] {
  const newestFirst = [...rows].sort(
    (a, b) =>
      compareText(a.environment, b.environment) ||
      b.position - a.position ||
      toNumber(b.since) - toNumber(a.since),
  );
  const found = new Map<string, RunningVersion>();
  for (const row of newestFirst) {
    const since = iso(toNumber(row.since));
    const running = found.get(row.environment) ?? {
      environment: row.environment,
      version: row.version,
      since,
      deploymentId: row.deployment_id,
      targets: [],
    };
    found.set(row.environment, running);
    if (
      row.target !== '' &&
      !running.targets.some(({ name }) => name === row.target)
    ) {
      running.targets.push({ name: row.target, version: row.version, since });
    }
  }
  for (const { targets } of found.values()) {
    targets.sort((a, b) => a.name.localeCompare(b.name, 'en'));
  }
  return [...found.values()];
}

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
