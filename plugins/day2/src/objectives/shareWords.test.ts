import {
  attainmentWords,
  burnWords,
  shareWords,
  targetWords,
} from './shareWords';

describe('shares in words', () => {
  it.each([
    [0.624, '62.4 %'],
    [1, '100 %'],
    [-0.2, '-20 %'],
  ])('%d is %s', (share, words) => expect(shareWords(share)).toBe(words));

  it.each([
    [0.999, '99.9 %'],
    [0.9995, '99.95 %'],
    [0.99, '99 %'],
    [0.995, '99.5 %'],
  ])('a target of %d is %s', (target, words) =>
    expect(targetWords(target)).toBe(words),
  );

  it.each([
    // Short of the target by a hair, and it reads so.
    [0.99899999, 0.999, '99.89 %'],
    [0.999, 0.999, '99.9 %'],
    [0.99932, 0.999, '99.93 %'],
    // Not all was good, and it does not read as if.
    [0.99999, 0.99, '99.9 %'],
    [1, 0.99, '100 %'],
    [0.5, undefined, '50 %'],
  ])('%d of %p is %s', (attained, target, words) =>
    expect(attainmentWords({ attained, target })).toBe(words),
  );

  it.each([
    [14.44, '14.4×'],
    [0.934, '0.93×'],
    [0, '0×'],
  ])('a burn of %d is %s', (burn, words) =>
    expect(burnWords(burn)).toBe(words),
  );
});
