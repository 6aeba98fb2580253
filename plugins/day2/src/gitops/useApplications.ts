import { useApi } from '@backstage/core-plugin-api';
import type { OperationOutput } from '@day2/backstage-plugin-day2-common';
import { useEffect, useRef, useState } from 'react';
import {
  day2ApiRef,
  refreshEvery,
  serviceParams,
  useResource,
  type Resource,
} from '../api';

const PAGE = 100;

type Answer = OperationOutput<'getServiceGitops'>;

/** The applications of a service as far as they are read. */
export interface Applications extends Resource<Answer> {
  loadingMore: boolean;
  /** The one that is opened is on a page that is not read yet. */
  isSearching: boolean;
  loadMore: () => void;
}

/**
 * Reads as many pages as were asked for, and as far as the one that is opened.
 * A refresh reads them all again: a state must not be older than the page says.
 */
export function useApplications(options: {
  serviceRef: string;
  /** Id of the application that is opened. */
  openId?: string;
}): Applications {
  const { serviceRef, openId } = options;
  const api = useApi(day2ApiRef);
  const asked = useRef({ serviceRef, atLeast: 0 });
  const [loadingMore, setLoadingMore] = useState(false);
  if (asked.current.serviceRef !== serviceRef) {
    asked.current = { serviceRef, atLeast: 0 };
  }
  const isBeyond = ({ items, nextCursor }: Answer) =>
    nextCursor !== undefined &&
    openId !== undefined &&
    items.every(({ id }) => id !== openId);
  const answer = useResource({
    key: serviceRef,
    load: async signal => {
      const read = (cursor?: string) =>
        api.call('getServiceGitops', {
          params: serviceParams(serviceRef),
          query: { limit: PAGE, cursor },
          signal,
        });
      let all = await read();
      while (
        isBeyond(all) ||
        (all.nextCursor !== undefined &&
          all.items.length < asked.current.atLeast)
      ) {
        const next = await read(all.nextCursor);
        all = {
          ...next,
          asOf: [all.asOf, next.asOf].filter(Boolean).sort()[0],
          empty: all.empty,
          items: joined(all.items, next.items),
        };
      }
      return all;
    },
    every: refreshEvery,
  });
  const { data, error, reload } = answer;
  useEffect(() => setLoadingMore(false), [data, error]);
  const isSearching = data !== undefined && isBeyond(data);
  useEffect(() => {
    if (isSearching) {
      reload();
    }
  }, [isSearching, reload]);
  return {
    ...answer,
    loadingMore,
    isSearching,
    loadMore: () => {
      asked.current.atLeast = (data?.items.length ?? 0) + 1;
      setLoadingMore(true);
      reload();
    },
  };
}

/** What moved from one page to the next between two requests is there once. */
function joined(before: Answer['items'], next: Answer['items']) {
  const known = new Set(before.map(({ id }) => id));
  return [...before, ...next.filter(({ id }) => !known.has(id))];
}
