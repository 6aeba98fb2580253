import { countOf, joinNumbers, partsOf, type Numbers } from './numbers';

/** So many are simply sorted. */
const FEW = 1_000;
/** Steps are as many as twelve bits tell apart. */
const BITS = 12;

/**
 * The numbers that would stand at some places if all were sorted, without
 * sorting them: by how many fall into each of many steps, then within those steps that are
 * asked for. A figure of an organisation is of hundreds of
 * thousands, of which it needs four.
 *
 * @param places - from 0 up, below how many there are
 */
export function numbersAt(
  numbers: Numbers,
  places: readonly number[],
): number[] {
  let most = 0;
  let least = 0;
  for (const part of partsOf(numbers)) {
    // By index: by iterator it takes twice as long.
    for (let at = 0; at < part.length; at += 1) {
      const value = part[at];
      most = value > most ? value : most;
      least = value < least ? value : least;
    }
  }
  return within({ numbers, places, low: least, high: most });
}

/** Of numbers that are all from `low` to `high`. */
function within(options: {
  numbers: Numbers;
  places: readonly number[];
  low: number;
  high: number;
}): number[] {
  const { numbers, places, low, high } = options;
  if (low === high) {
    return places.map(() => low);
  }
  if (countOf(numbers) <= FEW) {
    const sorted = joinNumbers(numbers).sort();
    return places.map(place => sorted[place]);
  }
  const shift = Math.max(0, 32 - Math.clz32(high - low) - BITS);
  const counts = new Int32Array(2 ** BITS);
  for (const part of partsOf(numbers)) {
    for (let at = 0; at < part.length; at += 1) {
      counts[(part[at] - low) >>> shift] += 1;
    }
  }
  const known = new Map<number, Int32Array>();
  return places.map(place => {
    let bucket = 0;
    let before = 0;
    while (before + counts[bucket] <= place) {
      before += counts[bucket];
      bucket += 1;
    }
    const from = low + bucket * 2 ** shift;
    const to = Math.min(high, from + 2 ** shift - 1);
    if (from === to) {
      return from;
    }
    const inside =
      known.get(bucket) ??
      between({ numbers, from, to, count: counts[bucket] });
    known.set(bucket, inside);
    return within({
      numbers: inside,
      places: [place - before],
      low: from,
      high: to,
    })[0];
  });
}

function between(options: {
  numbers: Numbers;
  from: number;
  to: number;
  count: number;
}): Int32Array {
  const { numbers, from, to } = options;
  const found = new Int32Array(options.count);
  let count = 0;
  for (const part of partsOf(numbers)) {
    for (let at = 0; at < part.length; at += 1) {
      const value = part[at];
      if (from <= value && value <= to) {
        found[count] = value;
        count += 1;
      }
    }
  }
  return found;
}
