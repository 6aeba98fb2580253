import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Values of the address by their keys; an absent one is taken out of it. */
export type QueryPatch = Record<string, string | undefined>;

/**
 * The address of a page that holds its own state there.
 *
 * @returns `patch` writes values: as a step that the browser's back button
 * undoes, or in place (`replace`) while somebody types. `linkTo` is a link
 * within the page that sets them.
 */
export function useQueryPatch() {
  const [query, setQuery] = useSearchParams();
  const patch = useCallback(
    (values: QueryPatch, options?: { replace?: boolean }) =>
      setQuery(before => patched(before, values), {
        replace: options?.replace ?? false,
      }),
    [setQuery],
  );
  const linkTo = useCallback(
    (values: QueryPatch) => `?${patched(query, values)}`,
    [query],
  );
  return { query, patch, linkTo };
}

function patched(before: URLSearchParams, values: QueryPatch): URLSearchParams {
  const next = new URLSearchParams(before);
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined || value === '') {
      next.delete(key);
    } else {
      next.set(key, value);
    }
  }
  return next;
}
