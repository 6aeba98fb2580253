import { useState } from 'react';
import { usePages, type Page, type Pages } from './usePages';

/**
 * A list read page by page whose answers say something of the whole as well:
 * facets, a total. `head` is the answer to the first page.
 */
export function useHeadedPages<A extends Page<{ id: string }>>(options: {
  key: string;
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<A>;
  every?: number;
}): Pages<A['items'][number]> & { head?: A } {
  const { key, load } = options;
  const [head, setHead] = useState<{ key: string; answer: A }>();
  const pages = usePages<A['items'][number]>({
    ...options,
    load: async (cursor, signal) => {
      const answer = await load(cursor, signal);
      if (cursor === undefined && !signal.aborted) {
        setHead({ key, answer });
      }
      return answer;
    },
  });
  return { ...pages, head: head?.key === key ? head.answer : undefined };
}
