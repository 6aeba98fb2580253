import type {
  CommitObservation,
  MeasurementObservation,
  Observation,
  ObservedPerson,
  ObservedSubject,
  TagObservation,
  WithdrawnObservation,
} from '@day2/backstage-plugin-day2-node';
import { personKey } from '../persons/PersonStore';
import { cleanText } from './cleanText';
import { fieldAhead } from './fieldAhead';
import { withoutUndefined, type Payload } from './mergePayload';
import { observationSchema } from './observationSchema';
import { prepareApplication } from './prepareApplication';
import { prepareIncident, prepareOnCall } from './prepareIncident';
import { prepareObjective } from './prepareObjective';
import { scrubText } from './scrub';

/** Kinds that are kept as they were said. */
export type RecordKind =
  | 'deployment'
  | 'change'
  | 'application'
  | 'objective'
  | 'incident'
  | 'on-call';

const MAX_MESSAGE = 10_000;
const MAX_TITLE = 1000;
const MAX_FIELDS = 200;
const MAX_PATHS = 200;

/** A deployment, change, incident or state of something, checked; its persons become ids when stored. */
export interface PreparedRecord {
  kind: RecordKind;
  key: string;
  version: number;
  persons: ObservedPerson[];
  subjects: ObservedSubject[];
  /** The content by the ids of its persons. */
  toPayload(personIds: Map<string, string>): Payload;
}

/** An observation that can be taken in, or why not. */
export type Prepared =
  | { kind: 'record'; record: PreparedRecord }
  | { kind: 'commit'; commit: CommitObservation }
  | { kind: 'tag'; tag: TagObservation }
  | { kind: 'measurement'; measurement: MeasurementObservation }
  | { kind: 'withdrawn'; withdrawn: WithdrawnObservation }
  | { kind: 'rejected'; key?: string; reason: string };

/**
 * Checks an observation and takes names and addresses out of its texts.
 *
 * @param now - epoch milliseconds
 */
export function prepareObservation(
  observation: Observation,
  now: number,
): Prepared {
  const { rest, cleared } = splitNulls(observation);
  const parsed = observationSchema.safeParse(rest);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return {
      kind: 'rejected',
      key: typeof rest.key === 'string' ? rest.key.slice(0, 500) : undefined,
      reason: `${issue.path.join('.') || 'observation'}: ${issue.message}`,
    };
  }
  const { data } = parsed;
  const ahead = fieldAhead(data, now);
  if (ahead !== undefined && data.kind !== 'withdrawn') {
    return {
      kind: 'rejected',
      key: data.key,
      reason: `${ahead}: is more than 10 minutes in the future; put the clock of whatever said it right, then try it again`,
    };
  }
  switch (data.kind) {
    case 'withdrawn':
      return { kind: 'withdrawn', withdrawn: data };
    case 'tag':
      return { kind: 'tag', tag: data };
    case 'commit':
      return {
        kind: 'commit',
        commit: {
          ...data,
          title: cleanText(data.title, data.authors, MAX_TITLE),
          paths: data.paths.slice(0, MAX_PATHS),
          pathsCut: data.pathsCut || data.paths.length > MAX_PATHS,
        },
      };
    case 'deployment': {
      const { kind, key, version, actor, title, ...content } = data;
      const persons = actor ? [actor] : [];
      return {
        kind: 'record',
        record: {
          kind,
          key,
          version,
          persons,
          subjects: [data.subject],
          toPayload: ids =>
            withoutUndefined({
              ...content,
              title: title && cleanText(title, persons, MAX_TITLE),
              actorId: actor && ids.get(personKey(actor)),
              ...cleared,
            }),
        },
      };
    }
    case 'objective':
      return { kind: 'record', record: prepareObjective(data) };
    case 'measurement':
      return { kind: 'measurement', measurement: data };
    case 'incident':
      return { kind: 'record', record: prepareIncident(data) };
    case 'on-call':
      return { kind: 'record', record: prepareOnCall(data) };
    case 'application':
      return { kind: 'record', record: prepareApplication(data) };
    default: {
      const { kind, key, version, authors, title, message, ...content } = data;
      const fields = data.touches.reduce(
        (sum, touch) => sum + touch.fields.length,
        0,
      );
      let room = MAX_FIELDS;
      const touches = data.touches.map(touch => {
        const kept = touch.fields.slice(0, room);
        room -= kept.length;
        return {
          ...touch,
          fieldCount: touch.fields.length,
          fields: kept.map(field => ({
            ...field,
            from: field.from && scrubText(field.from),
            to: field.to && scrubText(field.to),
          })),
        };
      });
      return {
        kind: 'record',
        record: {
          kind,
          key,
          version,
          persons: authors,
          subjects: data.touches.map(touch => touch.subject),
          toPayload: ids =>
            withoutUndefined({
              ...content,
              touches,
              fieldCount: fields,
              paths: content.paths?.slice(0, MAX_PATHS),
              pathsCut: (content.paths?.length ?? 0) >= MAX_PATHS,
              title: cleanText(title, authors, MAX_TITLE),
              message:
                message === undefined
                  ? undefined
                  : cleanText(message, authors, MAX_MESSAGE),
              authorIds: [
                ...new Set(authors.map(author => ids.get(personKey(author)))),
              ],
              ...cleared,
            }),
        },
      };
    }
  }
}

/** Fields that are null are said to be cleared. */
function splitNulls(observation: Observation): {
  rest: Record<string, unknown>;
  cleared: Record<string, null>;
} {
  const rest: Record<string, unknown> = {};
  const cleared: Record<string, null> = {};
  if (observation === null || typeof observation !== 'object') {
    return { rest, cleared };
  }
  for (const [field, value] of Object.entries(observation)) {
    if (value === null) {
      cleared[field === 'actor' ? 'actorId' : field] = null;
    } else {
      rest[field] = value;
    }
  }
  return { rest, cleared };
}
