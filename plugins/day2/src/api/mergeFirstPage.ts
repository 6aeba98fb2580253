import type { Page } from './usePages';

/**
 * Joins a fresh first page to the pages loaded before: what follows its last
 * item stays, everything above is as the fresh page has it. Where the two do
 * not meet, only the fresh page is kept, and reading goes on from its cursor.
 */
export function mergeFirstPage<T extends { id: string }>(options: {
  before: Page<T>;
  first: Page<T>;
}): Page<T> {
  const { before, first } = options;
  const lastId = first.items.at(-1)?.id;
  const meets = before.items.findIndex(item => item.id === lastId);
  if (first.nextCursor === undefined || meets < 0) {
    return first;
  }
  const tail = before.items.slice(meets + 1);
  if (tail.length === 0) {
    return first;
  }
  return {
    ...first,
    items: [...first.items, ...tail],
    nextCursor: before.nextCursor,
  };
}
