import { MAX_TIPS, nextTips } from './reachedTips';

it.each<[string, Parameters<typeof nextTips>[0], string[]]>([
  ['the first', { tips: [], sha: 'a' }, ['a']],
  [
    'one that follows takes the place',
    { tips: ['a'], sha: 'b', found: { contained: ['a'], known: false } },
    ['b'],
  ],
  [
    'one beside it stands beside it',
    { tips: ['a'], sha: 'b', found: { contained: [], known: false } },
    ['a', 'b'],
  ],
  [
    'a merge takes the place of both',
    {
      tips: ['a', 'x', 'b'],
      sha: 'm',
      found: { contained: ['a', 'b'], known: false },
    },
    ['x', 'm'],
  ],
  [
    'going back changes nothing',
    { tips: ['b'], sha: 'a', found: { contained: [], known: true } },
    ['b'],
  ],
  ['the same again changes nothing', { tips: ['b'], sha: 'b' }, ['b']],
  ['one of which nothing is known', { tips: ['b'], sha: 'c' }, ['b', 'c']],
])('tips: %s', (_, options, expected) => {
  expect(nextTips(options)).toEqual(expected);
});

it('keeps the newest where there are too many', () => {
  const tips = Array.from({ length: MAX_TIPS }, (_, i) => `t${i}`);
  const next = nextTips({
    tips,
    sha: 'new',
    found: { contained: [], known: false },
  });
  expect(next).toEqual([...tips.slice(1), 'new']);
});
