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
  const n = sorted.length;
  if (n === 0) {
    return undefined;
  }
  if (quantile === 'p50') {
    const middle = Math.floor(n / 2);
    return n % 2 === 1
      ? sorted[middle]
      : (sorted[middle - 1] + sorted[middle]) / 2;
  }
  return sorted[Math.ceil((PERCENT[quantile] * n) / 100) - 1];
}
