import {
  durationWords,
  type IncidentReference,
  type IncidentState,
} from '@day2/backstage-plugin-day2-common';
import {
  incidentIdOf,
  type StoredIncident,
  type StoredReference,
} from '../incidents/incidentRows';
import { titleOf } from '../incidents/titleOf';
import { rankOf } from './newsOf';
import type { News, Standing, StandingPart } from './Standing';

/** An incident as it was. */
export interface IncidentBefore {
  id: string;
  state?: IncidentState;
  priority?: number;
  references: IncidentReference[];
  serviceIds: string[];
}

/**
 * What incidents are now, and what they were. One that took the references of
 * others goes on from what those were, so that a merge opens nothing; what is no
 * incident any more has ended for whoever was told of it.
 */
export function incidentStandings(options: {
  before: IncidentBefore[];
  incidents: StoredIncident[];
  /** As they were before, by id: of those that are not there any more. */
  gone: Map<string, StoredIncident>;
  /** What each is known as, by its id: also what has been withdrawn since. */
  aliases: Map<string, string[]>;
}): Standing[] {
  const { before, incidents, gone, aliases } = options;
  const aliasesOf = (id: string, references: IncidentReference[]) => [
    ...new Set([
      id,
      ...references.map(incidentIdOf),
      ...(aliases.get(id) ?? []),
    ]),
  ];
  const left = new Map(before.map(each => [each.id, each]));
  const standings = incidents.map(incident => {
    const { references } = incident;
    const id = incidentIdOf(incident.first);
    const known = aliasesOf(id, references);
    const own = new Set(known);
    const were = before.filter(
      each =>
        own.has(each.id) ||
        each.references.some(one => own.has(incidentIdOf(one))),
    );
    were.forEach(each => left.delete(each.id));
    return standingOf(incident, known, were);
  });
  return [
    ...standings,
    ...[...left.values()].flatMap(({ id, references }) => {
      const incident = gone.get(id);
      return incident
        ? endedStanding(id, incident, aliasesOf(id, references))
        : [];
    }),
  ];
}

/** Nobody tells of it any more, or nothing that is in the catalog is hit. */
function endedStanding(
  id: string,
  incident: StoredIncident,
  aliases: string[],
): Standing {
  return {
    kind: 'incident',
    recordId: id,
    aliases,
    state: 'resolved',
    since: () => incident.startedAt,
    priority: incident.priority.priority,
    serviceIds: incident.services,
    path: `/day2/incidents/${id}`,
    parts: partsOf(incident).map(part => ({
      ...part,
      text: () =>
        'It is no incident any more: what told of it was taken back, or is of no service any more',
    })),
    origins: [],
  };
}

function standingOf(
  incident: StoredIncident,
  aliases: string[],
  before: IncidentBefore[],
): Standing {
  const recordId = incidentIdOf(incident.first);
  const was = before.filter(({ state }) => state !== undefined);
  // The most pressing of what it was made of.
  const state = (['open', 'mitigated', 'resolved'] as const).find(one =>
    was.some(each => each.state === one),
  );
  const ranked = was
    .map(({ priority }) => priority)
    .sort((a, b) => rankOf(a) - rankOf(b));
  return {
    kind: 'incident',
    recordId,
    aliases,
    state: incident.state,
    since: from => instantOf(incident, from),
    priority: incident.priority.priority,
    serviceIds: incident.services,
    path: `/day2/incidents/${recordId}`,
    parts: partsOf(incident),
    before: state && {
      state,
      priority: ranked[0],
      serviceIds: was.flatMap(({ serviceIds }) => serviceIds),
    },
    origins: incident.references.map(each => ({
      source: each.source,
      referenceId: incidentIdOf(each),
    })),
  };
}

/** Owners of a service are told what its own references say, and no more. */
function partsOf(incident: StoredIncident): StandingPart[] {
  const sets = new Map<string, StandingPart>();
  for (const id of incident.services) {
    const own = incident.references.filter(({ services }) =>
      services.includes(id),
    );
    const key = own.map(incidentIdOf).join();
    const part = sets.get(key) ?? partOf(incident, own);
    part.serviceIds.push(id);
    sets.set(key, part);
  }
  return [...sets.values()];
}

function partOf(incident: StoredIncident, own: StoredReference[]) {
  const { priority } = incident.priority;
  const prefix = priority ? `P${priority} · ` : '';
  const tools = [...new Set(own.map(({ tool }) => tool))].sort();
  return {
    serviceIds: [],
    title: `${prefix}${titleOf(own, incident)}`,
    text: (news: News & { at: number }) =>
      textOf(news, { tools, startedAt: incident.startedAt }),
  };
}

function textOf(
  { from, to, at, roseFrom, isMerged }: News & { at: number },
  { tools, startedAt }: { tools: string[]; startedAt: number },
): string {
  if (isMerged) {
    return 'Goes on as one with another incident';
  }
  if (roseFrom !== undefined) {
    return `More pressing than before: it was P${roseFrom}`;
  }
  if (to === 'open') {
    const words = from ? 'Open again' : 'Open';
    return `${words} since ${utc(at)}, told by ${tools.join(' and ')}`;
  }
  return `${to === 'resolved' ? 'Resolved' : 'Mitigated'} at ${utc(
    at,
  )}, after ${durationWords(Math.max(0, at - startedAt))}`;
}

/** When it became what it is. */
function instantOf(incident: StoredIncident, from: string | undefined): number {
  const { instants, reopened, startedAt, state } = incident;
  const detectedAt = instants.detectedAt.at ?? startedAt;
  switch (state) {
    case 'resolved':
      return instants.resolvedAt.at ?? detectedAt;
    case 'mitigated':
      return instants.mitigatedAt.at ?? detectedAt;
    default:
      return from === undefined
        ? detectedAt
        : reopened.at(-1)?.reopenedAt ?? detectedAt;
  }
}

function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
