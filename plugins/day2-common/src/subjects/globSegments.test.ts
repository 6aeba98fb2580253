import { globSegments } from './globSegments';

describe('globSegments', () => {
  const equal = (pattern: string, segment: string) => pattern === segment;
  const repeat = (text: string, times: number) =>
    Array.from({ length: times }, () => text.split('/')).flat();

  it.each([
    [
      'ten **/a that never fit',
      repeat('**/a', 10).concat('b'),
      repeat('a', 28),
    ],
    ['twenty **/a/b', repeat('**/a/b', 20).concat('c'), repeat('a/b', 200)],
    ['many ** in a row', repeat('**', 300).concat('b'), repeat('a', 300)],
  ])('takes no more than pattern × path steps: %s', (_, pattern, path) => {
    const matches = jest.fn(equal);
    expect(globSegments({ pattern, path, matches })).toBe(false);
    expect(matches.mock.calls.length).toBeLessThanOrEqual(
      pattern.length * path.length,
    );
  });

  // Against the definition, on every small pattern and path.
  const words = (letters: string[], length: number): string[][] =>
    length === 0
      ? [[]]
      : words(letters, length - 1).flatMap(word => [
          word,
          ...(word.length === length - 1
            ? letters.map(letter => [...word, letter])
            : []),
        ]);
  const defined = (pattern: string[], path: string[]): boolean => {
    const [first, ...rest] = pattern;
    if (first === undefined) {
      return true;
    }
    return first === '**'
      ? path.some((__, skip) => defined(rest, path.slice(skip))) ||
          defined(rest, [])
      : path.length > 0 && path[0] === first && defined(rest, path.slice(1));
  };

  it('says what the definition says', () => {
    const paths = words(['a', 'b'], 5);
    for (const pattern of words(['a', 'b', '**'], 5)) {
      for (const path of paths) {
        expect([
          pattern,
          path,
          globSegments({ pattern, path, matches: equal }),
        ]).toEqual([pattern, path, defined(pattern, path)]);
      }
    }
  });
});
