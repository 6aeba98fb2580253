import { toError } from '@backstage/errors';
import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { day2ApiRef } from '../api';
import type { SourceAction } from './actions';

/** An action asked for, to be confirmed. */
export interface AskedAction {
  action: SourceAction;
  sourceId: string;
  title: string;
}

/** Asks, does, and says what it did. */
export function useSourceAction(options: { onDone: () => void }) {
  const api = useApi(day2ApiRef);
  const [asked, setAsked] = useState<AskedAction>();
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<string>();
  const [failed, setFailed] = useState<Error>();

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
    /** Drops what was said last. */
    clear: () => {
      setDone(undefined);
      setFailed(undefined);
    },
  };
}
