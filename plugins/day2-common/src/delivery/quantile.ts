import { countOf, type Numbers } from './numbers';
import { numbersAt } from './numbersAt';

/** Quantiles that figures show. @public */
export type Quantile = 'p50' | 'p75' | 'p90';

// In percent: 0.9 · 10 must be 9 exactly.
const PERCENT: Record<Exclude<Quantile, 'p50'>, number> = { p75: 75, p90: 90 };

/**
 * A quantile of sorted numbers: p50 of an even count is the mean of the two in
 * the middle, p75 and p90 are nearest rank, ⌈p·n⌉ (metrics.md).
 *
 * @returns nothing where there are none
 *
 * @public
 */
export function quantileOf(
  sorted: ArrayLike<number>,
  quantile: Quantile,
): number | undefined {
  return meanOf(placesOf(sorted.length, quantile).map(at => sorted[at]));
}

/**
 * The same quantiles of numbers in any order.
 *
 * @returns nothing of those where there are no numbers
 */
export function quantilesOf(
  numbers: Numbers,
): Record<Quantile, number | undefined> {
  const n = countOf(numbers);
  const places = {
    p50: placesOf(n, 'p50'),
    p75: placesOf(n, 'p75'),
    p90: placesOf(n, 'p90'),
  };
  const all = [...places.p50, ...places.p75, ...places.p90];
  const found = numbersAt(numbers, all);
  const valueOf = (quantile: Quantile) =>
    meanOf(places[quantile].map(place => found[all.indexOf(place)]));
  return { p50: valueOf('p50'), p75: valueOf('p75'), p90: valueOf('p90') };
}

/** At which places of the sorted numbers it is read. */
function placesOf(n: number, quantile: Quantile): number[] {
  if (n === 0) {
    return [];
  }
  if (quantile === 'p50') {
    const middle = Math.floor(n / 2);
    return n % 2 === 1 ? [middle] : [middle - 1, middle];
  }
  return [Math.ceil((PERCENT[quantile] * n) / 100) - 1];
}

/** Of one or two. */
function meanOf(values: number[]): number | undefined {
  return values.length === 2 ? (values[0] + values[1]) / 2 : values[0];
}
