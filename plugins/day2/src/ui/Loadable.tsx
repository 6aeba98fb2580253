import type { ReactNode } from 'react';
import { useText } from '../translation';
import { ErrorState } from './ErrorState';
import { Loading } from './Loading';
import { Stale } from './Stale';

interface LoadableProps<T> {
  of: {
    data?: T;
    error?: Error;
    failingSince?: number;
    reload: () => void;
  };
  /** What is loading, in a word or two. */
  what: string;
  lines?: number;
  /** It holds panels rather than being in one. */
  panels?: boolean;
  children: (data: T) => ReactNode;
}

/** Content in each of its states: on its way, failed, stale, there. */
export function Loadable<T>(props: LoadableProps<T>) {
  const t = useText();
  const { data, error, failingSince, reload } = props.of;
  if (data !== undefined) {
    return (
      <Stale
        error={error}
        since={failingSince}
        onRetry={reload}
        panels={props.panels}
      >
        {props.children(data)}
      </Stale>
    );
  }
  return error ? (
    <ErrorState error={error} onRetry={reload} />
  ) : (
    <Loading
      what={t('kit.loading', { what: props.what })}
      lines={props.lines}
    />
  );
}
