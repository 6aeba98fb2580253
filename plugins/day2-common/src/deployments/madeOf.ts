import { isLateIn, type ObservationGroup } from './groupObservations';
import type { PlacedObservation } from './placeObservations';
import { observationId } from './sequenceObservation';

/**
 * The observations of a group that were there when it was made. Not among them:
 * what Git asked for once it had it, as where something else was asked for and
 * taken back: such a commit speaks of what it took back. Nor what was said of
 * a target that came late.
 */
export function madeOf(group: ObservationGroup): PlacedObservation[] {
  const isOwn = (each: PlacedObservation) => !isLateIn(group, each);
  const makers = group.makers.filter(isOwn);
  const others = group.others.filter(isOwn);
  const last = Math.max(...makers.map(({ placedAt }) => placedAt));
  const carried = new Set(makers.flatMap(({ read }) => read?.carries ?? []));
  const named = new Set(
    makers.flatMap(({ manifestRevision }) => manifestRevision?.sha ?? []),
  );
  return [
    ...makers,
    ...others.filter(
      each =>
        each.basis !== 'desired' ||
        each.placedAt <= last ||
        carried.has(observationId(each)) ||
        named.has(each.manifestRevision?.sha ?? ''),
    ),
  ];
}
