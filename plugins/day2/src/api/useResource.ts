import { toError } from '@backstage/errors';
import { useCallback, useEffect, useRef, useState } from 'react';
import { usePolling } from './usePolling';
import { useCurrentRevision } from './Revision';
import { useRevision } from './useRevision';

/** What a component knows of something it loads. */
export interface Resource<T> {
  /** The last answer; kept while a newer one is fetched and after a failure. */
  data?: T;
  /** Set while the last attempt failed, even if older data is shown. */
  error?: Error;
  /** Since when it has been failing, epoch milliseconds. */
  failingSince?: number;
  /** Nothing to show yet. */
  loading: boolean;
  reload: () => void;
}

interface State<T> {
  key: string;
  data?: T;
  error?: Error;
  failingSince?: number;
}

/**
 * Loads, keeps and refreshes one answer. A new key starts anew; a refresh of
 * the same key keeps what is on screen, so that nothing flickers.
 */
export function useResource<T>(options: {
  key: string;
  load: (signal: AbortSignal) => Promise<T>;
  /** Milliseconds between refreshes; none where absent. */
  every?: number;
}): Resource<T> {
  const { key, every } = options;
  const load = useRef(options.load);
  load.current = options.load;
  const [state, setState] = useState<State<T>>({ key });
  const running = useRef<AbortController | undefined>(undefined);

  const run = useCallback(() => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    load.current(controller.signal).then(
      data => {
        if (!controller.signal.aborted) {
          setState({ key, data });
        }
      },
      error => {
        if (!controller.signal.aborted) {
          setState(before => ({
            key,
            data: before.key === key ? before.data : undefined,
            error: toError(error),
            failingSince:
              (before.key === key ? before.failingSince : undefined) ??
              Date.now(),
          }));
        }
      },
    );
  }, [key]);

  useEffect(() => {
    run();
    return () => running.current?.abort();
  }, [run]);
  usePolling({ run, every });
  useRevision({ revision: useCurrentRevision(), run });

  const current = state.key === key ? state : { key };
  return {
    data: current.data,
    error: current.error,
    failingSince: current.failingSince,
    loading: current.data === undefined && current.error === undefined,
    reload: run,
  };
}
