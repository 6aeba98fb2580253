import { parseLabelPattern } from './labelPattern';

describe('parseLabelPattern', () => {
  // RE2 and JavaScript say the same of these, anchored.
  const patterns = [
    'cart',
    'cart.*',
    'cart-(api|worker)',
    '(?:a|b)(c|d|)e',
    'a|bc|',
    'x+y*z?',
    '[a-c]+[^0-9-]',
    '\\d+\\.\\w*',
    '.+',
    '',
  ];
  const texts = [
    'cart',
    'cart-api',
    'cart-worker-2',
    'ace',
    'be',
    'bde',
    'a',
    'bc',
    '',
    'xxyyz',
    'xz',
    'abc-',
    'abcx',
    '12.ab',
    '12xab',
  ];

  it.each(patterns)('%s matches what a regular expression does', pattern => {
    const read = parseLabelPattern(pattern);
    const expected = new RegExp(`^(?:${pattern})$`);
    for (const text of texts) {
      expect([pattern, text, read?.test(text)]).toEqual([
        pattern,
        text,
        expected.test(text),
      ]);
    }
  });

  it.each([
    '(a',
    'a)',
    '(a+)+',
    'a{3}',
    '*a',
    'a**',
    '^a$',
    '\\1',
    '[a',
    'a'.repeat(501),
    '(a|b)'.repeat(9),
  ])('reads nothing of %s', pattern => {
    expect(parseLabelPattern(pattern)).toBeUndefined();
  });

  it.each([
    ['cart', true],
    ['a|b', true],
    ['cart-.*', true],
    ['cart-(api|worker).*', true],
    ['(?:cart|shop)-.+', true],
    ['ca\\.t.*', true],
    ['cart|.*', false],
    ['.+', false],
    ['.*-api', false],
    ['[a-z]art.*', false],
    ['\\w+', false],
    ['ca.*', false],
    ['(c|d).*', false],
    ['c?art.*', false],
    ['c*a*r*t*', false],
  ])('of %s: names something: %s', (pattern, names) => {
    expect(parseLabelPattern(pattern)?.names).toBe(names);
  });

  it('takes no time for what a regular expression never ends with', () => {
    const read = parseLabelPattern(`${'a*'.repeat(200)}b`)!;
    const began = performance.now();
    expect(read.test('a'.repeat(2_000))).toBe(false);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
