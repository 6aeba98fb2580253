import { joinRanges, missingOf } from './ranges';

const range = (from: number, to: number) => ({ from, to });

describe('joinRanges', () => {
  it.each([
    [[], []],
    [[range(3, 5), range(0, 3)], [range(0, 5)]],
    [
      [range(0, 1), range(2, 3)],
      [range(0, 1), range(2, 3)],
    ],
    [[range(0, 9), range(2, 3), range(8, 12)], [range(0, 12)]],
    [[range(1, 1)], []],
  ])('%j is %j', (ranges, joined) => {
    expect(joinRanges(ranges)).toEqual(joined);
  });
});

describe('missingOf', () => {
  it.each([
    [[], [range(10, 20)]],
    [[range(0, 30)], []],
    [[range(10, 20)], []],
    [[range(12, 14)], [range(14, 20), range(10, 12)]],
    [[range(0, 12), range(18, 40)], [range(12, 18)]],
    [
      [range(16, 18), range(12, 14)],
      [range(18, 20), range(14, 16), range(10, 12)],
    ],
    [[range(0, 5), range(30, 40)], [range(10, 20)]],
  ])('of 10 to 20 without %j is %j, the newest first', (known, missing) => {
    expect(missingOf(range(10, 20), known)).toEqual(missing);
  });
});
