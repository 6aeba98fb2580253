import type {
  IncidentObservation,
  OnCallObservation,
} from '@day2/backstage-plugin-day2-node';
import { personKey } from '../persons/PersonStore';
import { cleanText } from './cleanText';
import { withoutUndefined } from './mergePayload';
import type { PreparedRecord } from './prepareObservation';

const MAX_TITLE = 1000;
const MAX_TEXT = 5000;
const MAX_NOTE = 2000;

/** An alert or incident: its persons ids, its texts without secrets and their names. */
export function prepareIncident(
  observation: IncidentObservation,
): PreparedRecord {
  const { kind, key, version, acknowledgedBy, assignees, ...content } =
    observation;
  const persons = [
    ...(acknowledgedBy ? [acknowledgedBy] : []),
    ...(assignees ?? []),
  ];
  const clean = (text: string | undefined, length: number) =>
    text === undefined ? undefined : cleanText(text, persons, length);
  return {
    kind,
    key,
    version,
    persons,
    subjects: [content.subject],
    toPayload: ids =>
      withoutUndefined({
        ...content,
        title: clean(content.title, MAX_TITLE),
        description: clean(content.description, MAX_TEXT),
        notes: content.notes?.map(note => clean(note, MAX_NOTE)),
        causes: content.causes?.map(cause => ({
          ...cause,
          name: clean(cause.name, MAX_TITLE),
        })),
        suppressed: content.suppressed && {
          ...content.suppressed,
          text: clean(content.suppressed.text, MAX_NOTE),
        },
        acknowledgedById: acknowledgedBy && ids.get(personKey(acknowledgedBy)),
        assigneeIds: assignees?.map(each => ids.get(personKey(each))),
      }),
  };
}

/** Who is on call, by the id of the person. */
export function prepareOnCall(observation: OnCallObservation): PreparedRecord {
  const { kind, key, version, person, ...content } = observation;
  return {
    kind,
    key,
    version,
    persons: [person],
    subjects: [content.subject],
    toPayload: ids =>
      withoutUndefined({ ...content, personId: ids.get(personKey(person)) }),
  };
}
