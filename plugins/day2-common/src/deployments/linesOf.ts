import type { PlacedObservation } from './placeObservations';
import { versionKeysOf } from './sameVersion';

/** The deployments of one image of a service. */
export interface Line {
  /** Last part of the image's name; '' where no image is known. */
  name: string;
  /** In order. */
  observations: PlacedObservation[];
}

/**
 * A service may consist of several images, each with versions of its own: one
 * line an image. Told apart by the last part of the name, so that a move to
 * another registry goes on with the same line.
 *
 * @remarks What names no image, as a posted deployment may not, belongs to the
 * line that knows its version, else to the main one: the largest.
 */
export function linesOf(sorted: PlacedObservation[]): Line[] {
  const lines = new Map<string, PlacedObservation[]>();
  const unnamed: PlacedObservation[] = [];
  for (const observation of sorted) {
    const name = imageName(observation);
    if (name === '') {
      unnamed.push(observation);
    } else {
      const line = lines.get(name) ?? [];
      line.push(observation);
      lines.set(name, line);
    }
  }
  if (lines.size <= 1) {
    return [{ name: [...lines.keys()][0] ?? '', observations: sorted }];
  }
  const largest = [...lines.keys()].sort(
    (a, b) =>
      (lines.get(b) as unknown[]).length - (lines.get(a) as unknown[]).length ||
      (a < b ? -1 : 1),
  );
  const known = new Map(
    largest.map(name => [
      name,
      new Set((lines.get(name) as PlacedObservation[]).flatMap(versionKeysOf)),
    ]),
  );
  const nameOf = new Map<PlacedObservation, string>();
  for (const observation of unnamed) {
    const keys = versionKeysOf(observation);
    nameOf.set(
      observation,
      largest.find(name => keys.some(key => known.get(name)?.has(key))) ??
        largest[0],
    );
  }
  return largest.map(name => ({
    name,
    observations: sorted.filter(
      each => (nameOf.get(each) ?? imageName(each)) === name,
    ),
  }));
}

function imageName(observation: PlacedObservation): string {
  return observation.image?.repository?.split('/').pop()?.toLowerCase() ?? '';
}
