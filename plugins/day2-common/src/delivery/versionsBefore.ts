import type { DeliveryInput } from './delivery';

/**
 * Finds the last deployment of a version before another one in its line: looked
 * up, since thousands may name one that is long ago, or never was.
 */
export function versionsBefore(
  sequence: readonly DeliveryInput[],
): (at: number, version: string) => number | undefined {
  // One that never served has a predecessor, and is nobody's.
  const replaced = new Set(sequence.flatMap(({ previous }) => previous ?? []));
  const firsts: number[] = [];
  // By the first of a line.
  const lines = new Map<number, Map<string, number[]>>();
  sequence.forEach(({ previous, version }, at) => {
    const first = previous === undefined ? at : firsts[previous];
    firsts.push(first);
    if (!replaced.has(at)) {
      return;
    }
    const line = lines.get(first) ?? new Map<string, number[]>();
    lines.set(first, line);
    const places = line.get(version);
    if (places) {
      places.push(at);
    } else {
      line.set(version, [at]);
    }
  });
  return (at, version) => {
    const { previous } = sequence[at];
    const places = lines.get(firsts[at])?.get(version);
    return previous === undefined || !places
      ? undefined
      : lastUpTo(places, previous);
  };
}

/** The last of ascending numbers that is no greater than a limit. */
function lastUpTo(
  numbers: readonly number[],
  limit: number,
): number | undefined {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (numbers[middle] <= limit) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return numbers[low - 1];
}
