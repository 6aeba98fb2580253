import type {
  IncidentInstant,
  InstantName,
  Reason,
} from '@day2/backstage-plugin-day2-common';
import {
  namesOf,
  referenceName,
  type LeftOut,
  type StoredIncident,
  type StoredReference,
} from './incidentRows';

/** Of the references of one service, as many as a list shows. */
export const MAX_LISTED = 20;

/**
 * An incident as far as a list may show it, to whomever: of each service the
 * first references and those that name it, and of the others how many they are.
 * Reasons that quote others are left to its page.
 *
 * @returns nothing where that is all of it
 */
export function summaryOf(
  incident: StoredIncident,
): StoredIncident | undefined {
  const { references, instants } = incident;
  if (references.length <= MAX_LISTED) {
    return undefined;
  }
  const kept = keptOf(incident);
  const others = references.filter(each => !kept.has(each));
  if (others.length === 0) {
    return undefined;
  }
  const listed = references.filter(each => kept.has(each));
  const names = namesOf(others, listed);
  const reasons = (all: readonly Reason[]) =>
    all.filter(({ text }) => !names.some(name => text.includes(name)));
  const known = new Set(listed.map(referenceName));
  return {
    ...incident,
    references: listed,
    leftOut: leftOutOf(others),
    instants: Object.fromEntries(
      (Object.keys(instants) as InstantName[]).map(name => [
        name,
        listedInstant(instants[name], known),
      ]),
    ) as StoredIncident['instants'],
    priority: {
      ...incident.priority,
      reasons: reasons(incident.priority.reasons),
    },
    contradictions: reasons(incident.contradictions),
  };
}

function keptOf({ references, title }: StoredIncident): Set<StoredReference> {
  const byService = new Map<string, StoredReference[]>();
  for (const each of references) {
    for (const service of each.services.length > 0 ? each.services : ['']) {
      const known = byService.get(service) ?? [];
      byService.set(service, known);
      known.push(each);
    }
  }
  return new Set(
    [...byService.values()].flatMap(all => [
      ...all.slice(0, MAX_LISTED),
      // What it is called by, for whoever sees this service alone.
      ...all.filter(({ kind }) => kind === 'incident').slice(0, 1),
      ...all.filter(each => each.title === title).slice(0, 1),
    ]),
  );
}

function leftOutOf(others: readonly StoredReference[]): LeftOut[] {
  const groups = new Map<string, LeftOut>();
  for (const { services, environment } of others) {
    const key = JSON.stringify([services, environment]);
    const known = groups.get(key);
    if (known) {
      known.count += 1;
    } else {
      groups.set(key, {
        services: [...services],
        count: 1,
        ...(environment === undefined ? {} : { environment }),
      });
    }
  }
  return [...groups.values()];
}

/** The word that counts, and those of references that are listed. */
function listedInstant(
  instant: IncidentInstant,
  known: ReadonlySet<string>,
): IncidentInstant {
  const standing = JSON.stringify(instant.origin);
  return {
    ...instant,
    words: instant.words.filter(
      ({ origin }) =>
        origin.kind === 'person' ||
        known.has(referenceName(origin)) ||
        JSON.stringify(origin) === standing,
    ),
  };
}
