import type { ObjectiveObservation } from '@day2/backstage-plugin-day2-node';
import { withoutUndefined } from './mergePayload';
import type { PreparedRecord } from './prepareObservation';

/** An SLO of a file: what people wrote of themselves, with no person in it. */
export function prepareObjective(
  observation: ObjectiveObservation,
): PreparedRecord {
  const { kind, key, version, ...content } = observation;
  return {
    kind,
    key,
    version,
    persons: [],
    subjects: [content.subject],
    toPayload: () => withoutUndefined({ ...content }),
  };
}
