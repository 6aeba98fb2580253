import { groupIsOf, type ObservationGroup } from './groupObservations';
import type { PlacedObservation } from './placeObservations';
import { versionKeysOf } from './sameVersion';
import { observationId } from './sequenceObservation';

/**
 * Adds desired commits to the runtime deployments that fulfilled them, by an
 * exact identifier; the nearest in time where there are several, and never
 * across a deployment of another version. Those that nothing fulfilled stay
 * out: they are changes, not deployments. What a sync is known to have carried
 * is a part of it, also where it asked for a version that was passed over.
 *
 * @remarks Changes the groups.
 */
export function mergeDesired(options: {
  desired: PlacedObservation[];
  groups: ObservationGroup[];
}): void {
  const { groups } = options;
  const desired = mergeCarried(options);
  const byKey = new Map<string, Set<ObservationGroup>>();
  for (const group of groups) {
    for (const key of group.makers.flatMap(versionKeysOf)) {
      byKey.set(key, (byKey.get(key) ?? new Set()).add(group));
    }
  }
  const begins = groups.map(group => ({ group, at: beganAt(group) }));
  for (const observation of desired) {
    const candidates = new Set(
      versionKeysOf(observation).flatMap(key => [...(byKey.get(key) ?? [])]),
    );
    let best: { group: ObservationGroup; distance: number } | undefined;
    for (const group of candidates) {
      const exact = group.makers.some(
        maker =>
          !maker.read &&
          maker.manifestRevision !== undefined &&
          maker.manifestRevision.sha === observation.manifestRevision?.sha,
      );
      if (!exact && !groupIsOf(group, observation)) {
        continue;
      }
      const at = beganAt(group);
      const from = Math.min(at, observation.placedAt);
      const to = Math.max(at, observation.placedAt);
      const crossed =
        !exact &&
        begins.some(
          other =>
            other.group !== group &&
            other.at > from &&
            other.at < to &&
            !groupIsOf(other.group, observation),
        );
      const distance = exact ? -1 : to - from;
      if (!crossed && (!best || distance < best.distance)) {
        best = { group, distance };
      }
    }
    best?.group.others.push(observation);
  }
}

/**
 * Of a version that was tried in vain and then rolled out, the one that went
 * live has what Git asked for.
 *
 * @returns the desired observations that no sync is known to have carried
 */
function mergeCarried(options: {
  desired: PlacedObservation[];
  groups: ObservationGroup[];
}): PlacedObservation[] {
  const left = new Map(
    options.desired.map(each => [observationId(each), each]),
  );
  const byLife = [
    ...options.groups.filter(({ live }) => live),
    ...options.groups.filter(({ live }) => !live),
  ];
  for (const isPassed of [false, true]) {
    for (const group of byLife) {
      for (const id of group.makers.flatMap(
        ({ read }) => read?.carries ?? [],
      )) {
        const each = left.get(id);
        if (each && groupIsOf(group, each) !== isPassed) {
          (isPassed ? group.passed : group.others).push(each);
          left.delete(id);
        }
      }
    }
  }
  return [...left.values()];
}

function beganAt(group: ObservationGroup): number {
  return group.makers[0].placedAt;
}
