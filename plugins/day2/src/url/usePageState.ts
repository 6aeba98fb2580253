import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { misread } from './misread';
import { readPageState, writePageState, type PageState } from './pageState';

/**
 * The page's state, held by the URL.
 *
 * @returns `change` writes a part of it: as a step that the browser's back
 * button undoes, or in place (`replace`) while somebody types
 */
export function usePageState() {
  const [query, setQuery] = useSearchParams();
  const state = useMemo(() => readPageState(query), [query]);
  const change = useCallback(
    (patch: Partial<PageState>, options?: { replace?: boolean }) =>
      setQuery(before => writePageState(before, patch), {
        replace: options?.replace ?? false,
      }),
    [setQuery],
  );
  /** A link within the page that sets a part of the state. */
  const linkTo = useCallback(
    (patch: Partial<PageState>) => `?${writePageState(query, patch)}`,
    [query],
  );
  const notUnderstood = useMemo(() => misread(query), [query]);
  return { state, change, linkTo, notUnderstood };
}
