import type {
  IncidentReference,
  IncidentState,
} from '@day2/backstage-plugin-day2-common';
import {
  incidentIdOf,
  type StoredIncident,
  type StoredReference,
} from '../incidents/incidentRows';
import { titleOf } from '../incidents/titleOf';
import { lengthInWords } from './lengthInWords';
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
 * others goes on from what those were, so that a merge opens nothing.
 */
export function incidentStandings(options: {
  before: IncidentBefore[];
  incidents: StoredIncident[];
}): Standing[] {
  const left = new Set(
    options.before.flatMap(({ references }) => references.map(incidentIdOf)),
  );
  for (const { references } of options.incidents) {
    references.forEach(each => left.delete(incidentIdOf(each)));
  }
  return options.incidents.map(incident => {
    const own = new Set(incident.references.map(incidentIdOf));
    const before = options.before.filter(({ references }) =>
      references.some(each => own.has(incidentIdOf(each))),
    );
    // It may have been announced by what has been withdrawn since.
    const lost = before
      .flatMap(({ references }) => references.map(incidentIdOf))
      .filter(id => left.delete(id));
    return standingOf(incident, [...own, ...lost], before);
  });
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
  )}, after ${lengthInWords(at - startedAt)}`;
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
