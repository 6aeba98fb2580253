import type {
  IncidentInstant,
  IncidentInstantRecord,
  InstantName,
  InstantWord,
} from '@day2/backstage-plugin-day2-common';
import { iso } from '../http/range';
import { referenceName, type StoredReference } from './incidentRows';
import type { Showing } from './shownIncident';

/**
 * An instant as a caller sees it, by the references that he may see. Where some
 * say that it has happened and something goes on, it says what that is.
 *
 * @param options - `references`: those that may be seen
 */
export function shownInstant(options: {
  name: InstantName;
  instant: IncidentInstant;
  references: readonly StoredReference[];
  showing: Showing;
}): IncidentInstantRecord {
  const { name, instant, references, showing } = options;
  const { person, sourceTitle, most } = showing;
  const { at, origin } = instant;
  const shown = new Set(references.map(referenceName));
  const counts = (word: InstantWord) =>
    origin !== undefined &&
    JSON.stringify(word.origin) === JSON.stringify(origin) &&
    word.at === at;
  const words = instant.words.filter(
    each =>
      each.origin.kind === 'person' || shown.has(referenceName(each.origin)),
  );
  const open =
    origin === undefined && words.length > 0 ? goingOn(name, references) : [];
  return {
    at: at === undefined ? undefined : iso(at),
    words: [...words.filter(counts), ...words.filter(each => !counts(each))]
      .slice(0, most)
      .map(({ at: told, origin: of }) => ({
        at: told === undefined ? undefined : iso(told),
        origin:
          of.kind === 'person'
            ? {
                kind: 'person',
                person: person(of.by),
                saidAt: iso(of.at),
                why: of.why,
              }
            : {
                kind: 'reference',
                source: of.source,
                key: of.key,
                title: sourceTitle(of.source),
              },
      })),
    goesOn:
      open.length > 0
        ? {
            title: open[0].title,
            sourceTitle: sourceTitle(open[0].source),
            more: open.length - 1,
          }
        : undefined,
  };
}

/** What is open as yet, so that the instant has not come. */
function goingOn(
  name: InstantName,
  references: readonly StoredReference[],
): StoredReference[] {
  const open = references.filter(each => each.resolvedAt === undefined);
  switch (name) {
    case 'resolvedAt':
      return open;
    case 'mitigatedAt':
      return open.filter(({ kind }) => kind === 'alert');
    default:
      return [];
  }
}
