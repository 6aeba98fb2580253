import type { Reason, Rollout } from '../deployments/deployment';
import type { LinkedIncident } from '../incidents/incidentFailures';
import type { DeliveredCommit, DeliveryInput } from './delivery';

const WORST: readonly Rollout[] = ['failed', 'cancelled', 'unknown'];

/**
 * The deployments that one event began, of an image each, as one: finished with
 * the last of them, with the worst of their roll-outs, and a rollback, failed or
 * unplanned where one of them is. The first stands for all.
 */
export function joinParts(parts: readonly DeliveryInput[]): DeliveryInput {
  const [main, ...others] = parts;
  if (others.length === 0) {
    return main;
  }
  const failed = parts.filter(({ outcome }) => outcome === 'failed');
  const rollouts = parts.map(({ rollout }) => rollout);
  const replacing = parts.filter(({ previous }) => previous !== undefined);
  const unknown = replacing.find(({ commits }) => !commits.complete);
  return {
    ...main,
    finishedAt: Math.max(...parts.map(({ finishedAt }) => finishedAt)),
    firstFinishedAt: Math.min(
      ...parts.map(({ firstFinishedAt }) => firstFinishedAt),
    ),
    rollout: WORST.find(word => rollouts.includes(word)) ?? 'succeeded',
    live: parts.some(({ live }) => live),
    outcome: failed.length > 0 ? 'failed' : main.outcome,
    outcomeReasons: uniqueReasons(
      (failed.length > 0 ? failed : [main]).map(each => each.outcomeReasons),
    ),
    previous: replacing[0]?.previous,
    rollback: parts.find(({ rollback }) => rollback)?.rollback,
    unplannedReasons: uniqueReasons(parts.map(each => each.unplannedReasons)),
    commits: {
      list: uniqueCommits(replacing),
      complete: unknown === undefined,
      reason: unknown?.commits.reason,
    },
    ...joinedIncidents(parts),
  };
}

/** An incident of several parts is one: confirmed where it is so of one of them. */
function joinedIncidents(
  parts: readonly DeliveryInput[],
): Pick<DeliveryInput, 'incidents'> {
  const all = parts.flatMap(({ incidents }) => incidents ?? []);
  return all.length === 0
    ? {}
    : {
        incidents: {
          caused: uniqueIncidents(all.flatMap(({ caused }) => caused)),
          mended: uniqueIncidents(all.flatMap(({ mended }) => mended)),
        },
      };
}

function uniqueIncidents(incidents: LinkedIncident[]): LinkedIncident[] {
  const byId = new Map<string, LinkedIncident>();
  for (const each of incidents) {
    if (!byId.has(each.id) || each.state === 'confirmed') {
      byId.set(each.id, each);
    }
  }
  return [...byId.values()];
}

/** Of each word the first sentence. */
export function uniqueReasons(lists: readonly (readonly Reason[])[]): Reason[] {
  const reasons = new Map<string, Reason>();
  for (const reason of lists.flat()) {
    reasons.set(reason.code, reasons.get(reason.code) ?? reason);
  }
  return [...reasons.values()];
}

/** What two images carried was brought once: by whichever was first. */
function uniqueCommits(parts: readonly DeliveryInput[]): DeliveredCommit[] {
  const commits = new Map<string, DeliveredCommit>();
  for (const commit of parts.flatMap(({ commits: { list } }) => list)) {
    const name = `${commit.repository} ${commit.sha}`;
    if (commit.first || !commits.has(name)) {
      commits.set(name, commit);
    }
  }
  return [...commits.values()];
}
