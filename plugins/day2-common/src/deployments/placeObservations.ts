import type { SequenceObservation } from './sequenceObservation';

/** An observation with its place in time among the others of its sequence. */
export interface PlacedObservation extends SequenceObservation {
  /**
   * Epoch milliseconds: `finishedAt`, but never before what stands earlier in
   * its branch. For order alone; what is shown is `finishedAt`.
   */
  placedAt: number;
}

/**
 * Observations in the order in which they happened.
 *
 * @remarks Desired state moves along the first parent of a branch, whatever the
 * clocks of its committers said (metrics.md, "Desired and deployed"): of one
 * source and repository they follow `order`, each placed no earlier than those
 * before it. Everything else is placed by its `finishedAt`.
 */
export function placeObservations(
  observations: readonly SequenceObservation[],
): PlacedObservation[] {
  const placed: PlacedObservation[] = [];
  const branches = new Map<string, SequenceObservation[]>();
  for (const observation of observations) {
    if (observation.basis !== 'desired' || observation.order === undefined) {
      placed.push({ ...observation, placedAt: observation.finishedAt });
      continue;
    }
    const { source, manifestRevision } = observation;
    const name = `${source}\0${manifestRevision?.repository ?? ''}`;
    const branch = branches.get(name) ?? [];
    branch.push(observation);
    branches.set(name, branch);
  }
  for (const branch of branches.values()) {
    branch.sort(
      (a, b) =>
        (a.order as number) - (b.order as number) ||
        a.finishedAt - b.finishedAt,
    );
    let latest = -Infinity;
    for (const observation of branch) {
      latest = Math.max(latest, observation.finishedAt);
      placed.push({ ...observation, placedAt: latest });
    }
  }
  return placed.sort(comparePlaced);
}

/** By place, then by what the source says of the order, then by key. */
export function comparePlaced(
  a: PlacedObservation,
  b: PlacedObservation,
): number {
  return (
    a.placedAt - b.placedAt ||
    (a.order ?? 0) - (b.order ?? 0) ||
    compareText(a.key, b.key) ||
    compareText(a.source, b.source)
  );
}

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
