import { measuredWords } from './measuredWords';

const DAY = 86_400_000;
const words = (days: number, coverage?: number) =>
  measuredWords({
    period: { from: 0, to: days * DAY, end: days * DAY },
    budget: { kind: 'measured', coverage },
  });

it.each([
  [30, 11 / 30, '11 of 30 d measured'],
  [30, 0.985, '29 of 30 d measured'],
  [7, 0.0119, '0 of 7 d measured'],
  [28, 0.05, '1.4 of 28 d measured'],
  [1, 0.25, '6 of 24 h measured'],
  [30, 0.995, undefined],
  [30, 1, undefined],
  [30, undefined, undefined],
])('of %s days %s: %s', (days, coverage, expected) => {
  expect(words(days, coverage)).toBe(expected);
});

it('says nothing of what is not known at all', () => {
  expect(measuredWords(undefined)).toBeUndefined();
  expect(
    measuredWords({
      period: { from: 0, to: DAY, end: DAY },
      budget: { kind: 'no data', coverage: 0 },
    }),
  ).toBeUndefined();
});
