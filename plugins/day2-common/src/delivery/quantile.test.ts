import { minimumN } from './minimumN';
import { quantileOf, quantilesOf, type Quantile } from './quantile';

const odd = (value: number) => value % 2 === 1;
const even = (value: number) => value % 2 === 0;
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

describe('quantileOf', () => {
  it.each<[number, Quantile, number | undefined]>([
    [0, 'p50', undefined],
    [0, 'p90', undefined],
    [1, 'p50', 1],
    [2, 'p50', 1.5],
    [3, 'p50', 2],
    [4, 'p50', 2.5],
    [3, 'p75', 3],
    [4, 'p75', 3],
    [5, 'p75', 4],
    [9, 'p90', 9],
    [10, 'p90', 9],
    [11, 'p90', 10],
    [20, 'p90', 18],
    [100, 'p90', 90],
    [100, 'p75', 75],
    [5_000, 'p50', 2500.5],
    [5_001, 'p90', 4501],
  ])('of 1 to %d, %s is %s', (n, quantile, expected) => {
    expect(quantileOf(upTo(n), quantile)).toBe(expected);
    const parts = [upTo(n).filter(odd).reverse(), upTo(n).filter(even)];
    const numbers = parts.map(part => Int32Array.from(part));
    expect(quantilesOf(numbers)[quantile]).toBe(expected);
  });

  it.each<Quantile>(['p50', 'p75', 'p90'])(
    'from its minimum on %s is neither the smallest nor the largest',
    quantile => {
      const n = minimumN[quantile];
      expect([1, n]).not.toContain(quantileOf(upTo(n), quantile));
      const fewer = quantileOf(upTo(n - 1), quantile);
      // Of two the median is the mean of both ends.
      expect([1.5, n - 1]).toContain(fewer);
    },
  );
});
