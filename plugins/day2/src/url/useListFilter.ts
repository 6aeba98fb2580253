import { useQueryPatch } from './useQueryPatch';

/** What a list is filtered by, and how that is changed. */
export interface FilterInAddress<F> {
  filter: F;
  /** It is filtered by anything. */
  filtered: boolean;
  /** `replace` while somebody types. */
  onChange: (change: Partial<F>, options?: { replace?: boolean }) => void;
}

/**
 * The filter of a list, which the address holds: a link shows a colleague the
 * same. Its text is `q` there.
 */
export function useListFilter<F extends object>(
  read: (query: URLSearchParams) => F,
): FilterInAddress<F> {
  const { query, patch } = useQueryPatch();
  const filter = read(query);
  return {
    filter,
    filtered: Object.values(filter).some(Boolean),
    onChange: (change, options) =>
      patch(
        Object.fromEntries(
          Object.entries(change).map(([key, value]) => [
            key === 'text' ? 'q' : key,
            value === undefined ? undefined : String(value),
          ]),
        ),
        options,
      ),
  };
}
