import { groupObservations, type ObservationGroup } from './groupObservations';
import type { Line } from './linesOf';
import { mergeDesired } from './mergeDesired';
import type { PlacedObservation } from './placeObservations';
import { sameVersion } from './sameVersion';

/**
 * The deployments of one line. A runtime source covers it from its first
 * observation on: before that the desired commits are the deployments, from
 * then on they are added to those that fulfilled them.
 */
export function groupLine(line: Line): ObservationGroup[] {
  const runtime = line.observations.filter(each => each.basis !== 'desired');
  if (runtime.length === 0) {
    return groupObservations(line.observations);
  }
  const desired = line.observations.filter(each => each.basis === 'desired');
  const past = pastOf(desired, runtime);
  const groups = groupObservations(
    line.observations.filter(
      each => each.basis !== 'desired' || past.has(each),
    ),
  );
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

/**
 * The desired commits from before the coverage. Not among them: those that a
 * runtime deployment names as its own, and those at the end that asked for what
 * the runtime told of first.
 */
function pastOf(
  desired: PlacedObservation[],
  runtime: PlacedObservation[],
): Set<PlacedObservation> {
  const [first] = runtime;
  const manifests = new Set(
    runtime.flatMap(each => each.manifestRevision?.sha ?? []),
  );
  const past = desired.filter(each => each.placedAt < first.placedAt);
  while (past.length > 0 && sameVersion(past[past.length - 1], first)) {
    past.pop();
  }
  return new Set(
    past.filter(each => !manifests.has(each.manifestRevision?.sha ?? '')),
  );
}
