import { durationWords } from './durationWords';

const s = 1_000;
const min = 60 * s;
const h = 60 * min;
const d = 24 * h;

describe('durationWords', () => {
  it.each([
    [0, '0 s'],
    [400, '0 s'],
    [45 * s, '45 s'],
    [59.7 * s, '1 min'],
    [90 * s, '1 min 30 s'],
    [10 * min, '10 min'],
    [10 * min + 40 * s, '11 min'],
    [59.9 * min, '1 h'],
    [3 * h + 20 * min, '3 h 20 min'],
    [24 * h - 10 * s, '1 d'],
    [d + 4 * h, '1 d 4 h'],
    [13 * d + 23.9 * h, '14 d'],
    [40 * d, '40 d'],
    [-90 * s, '−1 min 30 s'],
    [Number.NaN, 'unknown'],
  ])('says %p ms as %p', (milliseconds, words) => {
    expect(durationWords(milliseconds)).toBe(words);
  });
});
