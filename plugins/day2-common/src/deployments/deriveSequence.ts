import { LOOK_BACK_MS } from '../delivery/lookBack';
import { describeGroup } from './describeGroup';
import { groupLine } from './groupLine';
import { groupIsOf, type ObservationGroup } from './groupObservations';
import { isOfRevision } from './isOfRevision';
import { linesOf } from './linesOf';
import { comparePlaced, placeObservations } from './placeObservations';
import { replacedAfter } from './replacedAfter';
import { runningOf } from './runningOf';
import { versionKeysOf } from './sameVersion';
import type {
  SequenceDeployment,
  SequenceObservation,
} from './sequenceObservation';

/**
 * The deployments of one service in one environment, in the order in which
 * they began: a function of the observations alone, whatever their order.
 * Desired commits of one branch begin in the order of the branch (`order`),
 * whatever their clocks said.
 *
 * @remarks From the first observation of the runtime on, desired commits are no
 * deployments: they are added as sources to those that fulfilled them. Earlier
 * ones stay deployments (ADR 4). A version equal to an earlier, since replaced
 * one is a rollback; in V1, V2, V3, V1 the one it replaced, V3, failed, and V2
 * is undone, or failed where it was replaced within the look-back (metrics.md,
 * "Desired and deployed"). One whose version is not known neither judges nor is
 * judged (ADR 10).
 *
 * @param options - `observations`: those not withdrawn; `lookBackMs`: 24 h by default
 *
 * @public
 */
export function deriveSequence(options: {
  observations: readonly SequenceObservation[];
  lookBackMs?: number;
}): SequenceDeployment[] {
  const named = linesOf(placeObservations(options.observations)).map(line => ({
    name: line.name,
    groups: groupLine(line),
  }));
  const lines = named.map(({ groups }) => groups);
  const order = lines
    .flat()
    .sort((a, b) => comparePlaced(a.makers[0], b.makers[0]));
  const position = new Map(order.map((group, at) => [group, at]));
  const lineOf = new Map(
    named.flatMap(({ name, groups }) => groups.map(group => [group, name])),
  );
  const deployments = order.map(
    (group): SequenceDeployment => ({
      ...describeGroup(group),
      line: lineOf.get(group) ?? '',
      running: [],
    }),
  );
  for (const { group, target, since } of lines.flatMap(runningOf)) {
    deployments[position.get(group) as number].running.push({ target, since });
  }
  for (const line of lines) {
    judgeLine({
      line,
      position,
      deployments,
      lookBackMs: options.lookBackMs ?? LOOK_BACK_MS,
    });
  }
  return deployments;
}

function judgeLine(options: {
  line: ObservationGroup[];
  position: Map<ObservationGroup, number>;
  deployments: SequenceDeployment[];
  lookBackMs: number;
}): void {
  const { line, position, deployments } = options;
  const at = (group: ObservationGroup) => position.get(group) as number;
  let latest: ObservationGroup | undefined;
  // Live ones of a known version so far, and where each identifier was among them.
  const live: ObservationGroup[] = [];
  const seen = new Map<string, number[]>();
  for (const group of line) {
    const deployment = deployments[at(group)];
    if (latest) {
      deployment.previous = at(latest);
    }
    if (!group.live) {
      continue;
    }
    latest = group;
    if (isOfRevision(group)) {
      continue;
    }
    const previous = live[live.length - 1];
    const restored = lastOfVersion({ group, live, seen });
    if (restored !== undefined && restored < live.length - 1) {
      deployment.rollback = {
        restores: at(live[restored]),
        replaces: at(previous),
      };
      deployment.unplanned = true;
      deployment.unplannedReasons = [
        ...deployment.unplannedReasons.filter(
          ({ code }) => code !== 'rollback',
        ),
        {
          code: 'rollback',
          text: `It puts ${deployment.version} back in place of ${
            deployments[at(previous)].version
          }`,
        },
      ];
      judgeReplaced({
        replaced: live.slice(restored + 1).map(each => deployments[at(each)]),
        by: deployment,
        lookBackMs: options.lookBackMs,
      });
    }
    for (const key of group.makers.flatMap(versionKeysOf)) {
      const places = seen.get(key) ?? [];
      if (places[places.length - 1] !== live.length) {
        places.push(live.length);
      }
      seen.set(key, places);
    }
    live.push(group);
  }
}

/** Place in `live` of the most recent group of the same version. */
function lastOfVersion(options: {
  group: ObservationGroup;
  live: ObservationGroup[];
  seen: Map<string, number[]>;
}): number | undefined {
  const { group, live, seen } = options;
  let best: number | undefined;
  for (const maker of group.makers) {
    for (const key of versionKeysOf(maker)) {
      const places = seen.get(key) ?? [];
      for (let i = places.length - 1; i >= 0; i -= 1) {
        if (best !== undefined && places[i] <= best) {
          break;
        }
        if (groupIsOf(live[places[i]], maker)) {
          best = places[i];
          break;
        }
      }
    }
  }
  return best;
}

function judgeReplaced(options: {
  replaced: SequenceDeployment[];
  by: SequenceDeployment;
  lookBackMs: number;
}): void {
  const { replaced, by, lookBackMs } = options;
  replaced.forEach((deployment, i) => {
    const next = replaced[i + 1];
    if (!next) {
      fail(deployment, {
        code: 'rolled-back',
        text: `It was rolled back: ${by.version} was put back in its place`,
      });
    } else if (replacedAfter(deployment, next) <= lookBackMs) {
      fail(deployment, {
        code: 'undone-within-look-back',
        text: `${next.version} replaced it within ${Math.round(
          lookBackMs / 3600_000,
        )} h, and ${by.version} was then put back`,
      });
    } else if (deployment.outcome === 'ok') {
      deployment.outcome = 'undone';
      deployment.outcomeReasons = [
        {
          code: 'undone',
          text: `A rollback went past it: ${by.version} was put back`,
        },
      ];
    }
  });
}

function fail(
  deployment: SequenceDeployment,
  reason: { code: string; text: string },
): void {
  if (deployment.outcomeReasons.some(({ code }) => code === reason.code)) {
    return;
  }
  deployment.outcomeReasons =
    deployment.outcome === 'failed'
      ? [...deployment.outcomeReasons, reason]
      : [reason];
  deployment.outcome = 'failed';
}
