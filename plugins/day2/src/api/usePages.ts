import { toError } from '@backstage/errors';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { WhyEmpty } from '@day2/backstage-plugin-day2-common';
import { mergeFirstPage } from './mergeFirstPage';
import { usePolling } from './usePolling';
import { useCurrentRevision } from './Revision';
import { useRevision } from './useRevision';

/** One page of a list, as the contract answers it. */
export interface Page<T> {
  items: T[];
  nextCursor?: string;
  asOf?: string;
  empty?: WhyEmpty;
}

/** A list read page by page. */
export interface Pages<T> {
  /** Absent until the first page is there. */
  items?: T[];
  /** There is more; `loadMore` fetches it. */
  hasMore: boolean;
  loadingMore: boolean;
  loading: boolean;
  error?: Error;
  failingSince?: number;
  asOf?: string;
  empty?: WhyEmpty;
  loadMore: () => void;
  reload: () => void;
}

interface State<T> {
  key: string;
  page?: Page<T>;
  error?: Error;
  failingSince?: number;
}

/**
 * Reads a list by its cursors. A refresh fetches the first page alone and
 * joins it to what was loaded before, so that nobody's place is lost.
 */
export function usePages<T extends { id: string }>(options: {
  key: string;
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>;
  every?: number;
  /** Keeps loading by itself until this many items are there. */
  upTo?: number;
}): Pages<T> {
  const { key, every, upTo = 0 } = options;
  const load = useRef(options.load);
  load.current = options.load;
  const [state, setState] = useState<State<T>>({ key });
  const [loadingMore, setLoadingMore] = useState(false);
  const latest = useRef(state);
  latest.current = state;
  const running = useRef<AbortController | undefined>(undefined);

  const fetchPage = useCallback(
    (cursor: string | undefined) => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      setLoadingMore(cursor !== undefined);
      load.current(cursor, controller.signal).then(
        page => {
          if (controller.signal.aborted) {
            return;
          }
          setLoadingMore(false);
          setState(before => ({
            key,
            page:
              before.key !== key || before.page === undefined
                ? page
                : join({ before: before.page, page, cursor }),
          }));
        },
        error => {
          if (controller.signal.aborted) {
            return;
          }
          setLoadingMore(false);
          setState(before => {
            const same = before.key === key ? before : undefined;
            return {
              key,
              page: same?.page,
              error: toError(error),
              failingSince: same?.failingSince ?? Date.now(),
            };
          });
        },
      );
    },
    [key],
  );

  const reload = useCallback(() => fetchPage(undefined), [fetchPage]);
  const loadMore = useCallback(() => {
    const cursor = latest.current.page?.nextCursor;
    if (cursor !== undefined) {
      fetchPage(cursor);
    }
  }, [fetchPage]);

  useEffect(() => {
    reload();
    return () => running.current?.abort();
  }, [reload]);
  // A refresh would cut off a page that is on its way; it waits for its next turn.
  usePolling({ run: () => loadingMore || reload(), every });

  useRevision({ revision: useCurrentRevision(), run: reload });

  const current: State<T> = state.key === key ? state : { key };
  const { page, error } = current;
  const nextCursor = page?.nextCursor;
  const wantsMore =
    nextCursor !== undefined &&
    error === undefined &&
    (page?.items.length ?? 0) < upTo;
  useEffect(() => {
    if (wantsMore) {
      fetchPage(nextCursor);
    }
  }, [wantsMore, nextCursor, fetchPage]);

  return {
    items: page?.items,
    hasMore: nextCursor !== undefined,
    loadingMore,
    loading: page === undefined && error === undefined,
    error,
    failingSince: current.failingSince,
    asOf: page?.asOf,
    empty: page?.empty,
    loadMore,
    reload,
  };
}

function join<T extends { id: string }>(options: {
  before: Page<T>;
  page: Page<T>;
  cursor: string | undefined;
}): Page<T> {
  const { before, page, cursor } = options;
  if (cursor === undefined) {
    return mergeFirstPage({ before, first: page });
  }
  const known = new Set(before.items.map(item => item.id));
  return {
    ...page,
    empty: before.empty,
    items: [...before.items, ...page.items.filter(item => !known.has(item.id))],
  };
}
