import { toError } from '@backstage/errors';
import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { SourceStatus } from '@day2/backstage-plugin-day2-common';
import { day2ApiRef } from '../api';
import type { SourceAction } from './actions';

/** An action asked for, to be confirmed. */
export interface AskedAction {
  action: SourceAction;
  sourceId: string;
  title: string;
}

/** Actions after which a source is read from its beginning. */
const rereading: SourceAction[] = ['reread', 'replay-quarantine'];

/** Asks, does, and says what it did. */
export function useSourceAction(options: {
  sources?: SourceStatus[];
  onDone: () => void;
}) {
  const api = useApi(day2ApiRef);
  const [asked, setAsked] = useState<AskedAction>();
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<string>();
  const [failed, setFailed] = useState<Error>();

  // By source: its last success when it was asked to be read again.
  const [reread, setReread] = useState<Record<string, string | undefined>>({});

  const confirm = async () => {
    if (!asked) {
      return;
    }
    setBusy(true);
    setFailed(undefined);
    setDone(undefined);
    try {
      const answer = await api.call('controlSource', {
        params: { id: asked.sourceId },
        body: { action: asked.action },
      });
      setDone(answer.done);
      if (rereading.includes(asked.action)) {
        const before = options.sources?.find(({ id }) => id === asked.sourceId);
        setReread(known => ({
          ...known,
          [asked.sourceId]: before?.lastSuccessAt,
        }));
      }
    } catch (error) {
      setFailed(toError(error));
    }
    setBusy(false);
    setAsked(undefined);
    options.onDone();
  };

  return {
    asked,
    busy,
    done,
    failed,
    ask: setAsked,
    cancel: () => setAsked(undefined),
    confirm,
    /** Whether its counts begin anew, because somebody here asked for it. */
    isReread: (source: SourceStatus) =>
      source.id in reread && source.lastSuccessAt === reread[source.id],
    /** Drops what was said last. */
    clear: () => {
      setDone(undefined);
      setFailed(undefined);
    },
  };
}
