/**
 * Int32 from 0 up (seconds, or quarters of an hour): one list, or several that
 * are taken together, in any order.
 *
 * @public
 */
export type Numbers = Int32Array | readonly Int32Array[];

/** The lists that numbers are in. */
export function partsOf(numbers: Numbers): readonly Int32Array[] {
  return numbers instanceof Int32Array ? [numbers] : numbers;
}

/** How many they are. */
export function countOf(numbers: Numbers): number {
  let count = 0;
  for (const part of partsOf(numbers)) {
    count += part.length;
  }
  return count;
}

/** All of them in one list, in the order they come in. @public */
export function joinNumbers(numbers: Numbers): Int32Array {
  const all = new Int32Array(countOf(numbers));
  let at = 0;
  for (const part of partsOf(numbers)) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
