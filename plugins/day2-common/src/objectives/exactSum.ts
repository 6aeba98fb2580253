/**
 * A sum of numbers kept without any rounding, as numbers that do not overlap,
 * the small ones first (J. R. Shewchuk, Adaptive Precision Floating-Point
 * Arithmetic, 1997). Equal sums are equal lists, in whatever order they were
 * summed. The sum 0 is the empty list.
 *
 * @public
 */
export type ExactSum = readonly number[];

/** Adds a number in place, of partial sums that need not be in their one form. */
export function addExactly(partials: number[], value: number): void {
  let sum = value;
  let kept = 0;
  for (const partial of partials) {
    const [large, small] =
      Math.abs(sum) < Math.abs(partial) ? [partial, sum] : [sum, partial];
    sum = large + small;
    const lost = small - (sum - large);
    if (lost !== 0) {
      partials[kept] = lost;
      kept += 1;
    }
  }
  partials.length = kept;
  if (sum !== 0) {
    partials.push(sum);
  }
}

/**
 * The number next to a sum, half to even: the same in whatever order it was
 * summed.
 *
 * @public
 */
export function roundedSum(sum: ExactSum): number {
  let at = sum.length - 1;
  let high = at >= 0 ? sum[at] : 0;
  let low = 0;
  while (at > 0 && low === 0) {
    at -= 1;
    const before = high;
    high = before + sum[at];
    low = sum[at] - (high - before);
  }
  // Just between two numbers: what is below decides.
  if (at > 0 && low !== 0 && Math.sign(low) === Math.sign(sum[at - 1])) {
    const twice = low * 2;
    if (high + twice - high === twice) {
      return high + twice;
    }
  }
  return high;
}

/** The sum of numbers, exactly. @public */
export function exactSumOf(values: Iterable<number>): ExactSum {
  const partials: number[] = [];
  for (const value of values) {
    addExactly(partials, value);
  }
  return normalised(partials);
}

/** The sum of sums, exactly. @public */
export function joinSums(sums: Iterable<ExactSum>): ExactSum {
  const partials: number[] = [];
  for (const sum of sums) {
    sum.forEach(value => addExactly(partials, value));
  }
  return normalised(partials);
}

/** The one form of a sum: its nearest number, the nearest of the rest, and so on. */
function normalised(partials: number[]): ExactSum {
  if (partials.length < 2) {
    return partials;
  }
  const rest = [...partials];
  const form: number[] = [];
  while (rest.length > 0) {
    const nearest = roundedSum(rest);
    form.unshift(nearest);
    addExactly(rest, -nearest);
  }
  return form;
}
