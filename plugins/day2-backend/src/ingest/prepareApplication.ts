import type { ApplicationObservation } from '@day2/backstage-plugin-day2-node';
import { personKey } from '../persons/PersonStore';
import { cleanText } from './cleanText';
import { withoutUndefined } from './mergePayload';
import type { PreparedRecord } from './prepareObservation';

const MAX_MESSAGE = 2000;

/** The state of an application, its person an id and its messages without secrets. */
export function prepareApplication(
  observation: ApplicationObservation,
): PreparedRecord {
  const { kind, key, version, operation, ...content } = observation;
  const actor = operation?.actor;
  const persons = actor ? [actor] : [];
  const clean = (text: string | undefined) =>
    text === undefined ? undefined : cleanText(text, persons, MAX_MESSAGE);
  return {
    kind,
    key,
    version,
    persons,
    subjects: [content.subject],
    toPayload: ids => {
      const { actor: _, ...said } = operation ?? {};
      return withoutUndefined({
        ...content,
        healthMessage: clean(content.healthMessage),
        conditions: content.conditions.map(condition => ({
          ...condition,
          message: clean(condition.message),
        })),
        operation:
          operation &&
          withoutUndefined({
            ...said,
            message: clean(operation.message),
            actorId: actor && ids.get(personKey(actor)),
          }),
      });
    },
  };
}
