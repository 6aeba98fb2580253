import type { ReachedTarget } from './groupObservations';
import { comparePlaced, type PlacedObservation } from './placeObservations';
import type { SequenceStage } from './sequenceObservation';

/**
 * The instants of the way of a deployment: when it was first asked for, and when
 * the last of its targets was synced and healthy.
 */
export function stagesOf(
  all: PlacedObservation[],
  targets: ReachedTarget[],
): SequenceStage[] {
  const [asked] = all
    .filter(({ basis }) => basis === 'desired')
    .sort((a, b) => a.finishedAt - b.finishedAt || comparePlaced(a, b));
  const synced = targets.map(target => target.synced);
  const healthy = targets.map(({ basis, finishedAt, source }) =>
    basis === 'healthy' ? { at: finishedAt, source } : undefined,
  );
  const stages: (SequenceStage | undefined)[] = [
    asked && {
      name: 'manifest',
      at: asked.finishedAt,
      source: asked.source,
    },
    lastOf('synced', synced),
    lastOf('healthy', healthy),
  ];
  return stages.filter(stage => stage !== undefined);
}

/** When the last target was there; unknown where it is of one of them. */
function lastOf(
  name: SequenceStage['name'],
  targets: ({ at: number; source: string } | undefined)[],
): SequenceStage | undefined {
  let last: SequenceStage | undefined;
  for (const target of targets) {
    if (!target) {
      return undefined;
    }
    if (!last || target.at > last.at) {
      last = { name, at: target.at, source: target.source };
    }
  }
  return last;
}
