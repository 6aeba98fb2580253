import {
  groupObservations,
  noteHealthy,
  type ObservationGroup,
} from './groupObservations';
import type { Line } from './linesOf';
import { mergeDesired } from './mergeDesired';
import { comparePlaced, type PlacedObservation } from './placeObservations';
import { improvedKeyOf } from './rolloutsOf';
import { sameVersion } from './sameVersion';
import { observationId } from './sequenceObservation';

/**
 * The deployments of one line. A runtime source covers it from its first
 * observation on: before that the desired commits are the deployments, from
 * then on they are added to those that fulfilled them.
 */
export function groupLine(line: Line): ObservationGroup[] {
  const runtime = line.observations
    .filter(each => each.basis !== 'desired')
    .map(placeLanded)
    .sort(comparePlaced);
  if (runtime.length === 0) {
    return groupObservations(line.observations);
  }
  const ids = new Set(runtime.map(observationId));
  const isWord = (each: PlacedObservation) => {
    const key = improvedKeyOf(each);
    return (
      key !== undefined && ids.has(observationId({ source: each.source, key }))
    );
  };
  const desired = line.observations.filter(each => each.basis === 'desired');
  const past = pastOf(desired, runtime);
  const groups = groupObservations(
    [...runtime.filter(each => !isWord(each)), ...past].sort(comparePlaced),
  );
  noteHealthy(groups, runtime.filter(isWord));
  mergeDesired({
    desired: desired.filter(each => !past.has(each)),
    groups: groups.filter(isCovered),
  });
  return groups;
}

/** Whether a runtime source tells of it. */
export function isCovered(group: ObservationGroup): boolean {
  return group.makers.some(maker => maker.basis !== 'desired');
}

/** What was there before its first sync began when Git asked for it. */
function placeLanded(observation: PlacedObservation): PlacedObservation {
  const landedAt = observation.read?.landedAt;
  return landedAt === undefined
    ? observation
    : {
        ...observation,
        finishedAt: landedAt,
        placedAt: landedAt,
        startedAt: undefined,
      };
}

/**
 * When the coverage begins of what a desired commit asked for: of its target,
 * where the runtime tells of that one, else of the line.
 */
function coverageOf(
  runtime: PlacedObservation[],
): (desired: PlacedObservation) => number {
  const first = new Map<string, number>();
  for (const { target = '', placedAt } of runtime) {
    first.set(target, Math.min(placedAt, first.get(target) ?? Infinity));
  }
  return ({ target = '' }) =>
    target !== '' && first.has(target)
      ? Math.min(first.get(target) as number, first.get('') ?? Infinity)
      : runtime[0].placedAt;
}

/**
 * The desired commits from before the coverage. Not among them: those that a
 * runtime deployment carried or names as its own, and those at the end that
 * asked for what the runtime told of first.
 */
function pastOf(
  desired: PlacedObservation[],
  runtime: PlacedObservation[],
): Set<PlacedObservation> {
  const [first] = runtime;
  const manifests = new Set(
    runtime.flatMap(each =>
      each.read ? [] : each.manifestRevision?.sha ?? [],
    ),
  );
  const carried = new Set(runtime.flatMap(each => each.read?.carries ?? []));
  const begins = coverageOf(runtime);
  const past = desired.filter(each => each.placedAt < begins(each));
  while (
    first.read?.from !== 'desired' &&
    past.length > 0 &&
    sameVersion(past[past.length - 1], first)
  ) {
    past.pop();
  }
  return new Set(
    past.filter(
      each =>
        !manifests.has(each.manifestRevision?.sha ?? '') &&
        !carried.has(observationId(each)),
    ),
  );
}
