import { mergeFirstPage } from './mergeFirstPage';

const page = (ids: string, nextCursor?: string) => ({
  items: [...ids].map(id => ({ id })),
  nextCursor,
});

describe('mergeFirstPage', () => {
  it.each([
    ['nothing new', page('abcd', 'd'), page('ab', 'b'), 'abcd', 'd'],
    ['something new', page('abcd', 'd'), page('xa', 'a'), 'xabcd', 'd'],
    ['one gone', page('abcd', 'd'), page('ac', 'c'), 'acd', 'd'],
    [
      'all new: no gap is hidden',
      page('abcd', 'd'),
      page('xy', 'y'),
      'xy',
      'y',
    ],
    ['it is the only page now', page('abcd', 'd'), page('a'), 'a', undefined],
    ['one page before', page('ab', 'b'), page('xa', 'a'), 'xab', 'b'],
    ['the end was reached', page('abcd'), page('ab', 'b'), 'abcd', undefined],
  ])('%s', (_, before, first, ids, cursor) => {
    const joined = mergeFirstPage({ before, first });
    expect(joined.items.map(({ id }) => id).join('')).toBe(ids);
    expect(joined.nextCursor).toBe(cursor);
  });
});
