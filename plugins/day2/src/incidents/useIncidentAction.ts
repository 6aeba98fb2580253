import { toError } from '@backstage/errors';
import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  type OperationInput,
  type OperationOutput,
} from '@day2/backstage-plugin-day2-common';
import { day2ApiRef } from '../api';
import { withLocalInstants } from '../time';

type Said = OperationInput<'sayOfIncident'>['body'];
type Grouping = OperationInput<'groupIncident'>['body'];
type Verdict = OperationInput<'judgeSuspect'>['body'];
type TakeBack = OperationInput<'takeBackOfIncident'>['body'];

/** Something to do to an incident, as its dialog makes it out. */
export type IncidentAction =
  | { operation: 'sayOfIncident'; body: Said }
  | { operation: 'groupIncident'; body: Grouping }
  | { operation: 'judgeSuspect'; body: Verdict }
  | { operation: 'takeBackOfIncident'; body: TakeBack };

/** Does what a dialog asks for, and says what it did or why it failed. */
export function useIncidentAction(options: {
  id: string;
  /** Told the id that the incident has now: merging and splitting change it. */
  onDone: (incidentId: string) => void;
}) {
  const { id } = options;
  const api = useApi(day2ApiRef);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<{ words: string; splitOffId?: string }>();
  const [failed, setFailed] = useState<Error>();

  /** @returns whether it was done */
  const act = async (action: IncidentAction): Promise<boolean> => {
    setBusy(true);
    setFailed(undefined);
    setDone(undefined);
    try {
      const answer: OperationOutput<'sayOfIncident'> = await api.call(
        action.operation,
        { params: { id }, body: action.body } as OperationInput<
          typeof action.operation
        >,
      );
      setDone({
        words: withLocalInstants(answer.done),
        splitOffId: answer.splitOffId,
      });
      options.onDone(answer.incidentId);
      return true;
    } catch (error) {
      setFailed(toError(error));
      return false;
    } finally {
      setBusy(false);
    }
  };

  return {
    act,
    busy,
    done,
    failed,
    /** Drops what was said last. */
    clear: () => {
      setDone(undefined);
      setFailed(undefined);
    },
  };
}
