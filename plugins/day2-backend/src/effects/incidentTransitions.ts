import type {
  IncidentReference,
  IncidentState,
} from '@day2/backstage-plugin-day2-common';
import { incidentIdOf, type StoredIncident } from '../incidents/incidentRows';
import type { RecordTransition } from './EffectQueue';
import { lengthInWords } from './lengthInWords';

/** An incident as it was. */
export interface IncidentBefore {
  id: string;
  state?: IncidentState;
  references: IncidentReference[];
}

/**
 * What became of incidents. One that took the references of another goes on
 * from what that was, so that a merge opens nothing; one that is learnt of when
 * it is over is no news.
 */
export function incidentTransitions(options: {
  before: IncidentBefore[];
  incidents: StoredIncident[];
}): RecordTransition[] {
  const wasOf = new Map<string, IncidentState>();
  for (const { state, references } of options.before) {
    for (const reference of references) {
      if (state) {
        wasOf.set(incidentIdOf(reference), state);
      }
    }
  }
  return options.incidents.flatMap(incident => {
    const states = incident.references.flatMap(
      each => wasOf.get(incidentIdOf(each)) ?? [],
    );
    // The most pressing of what it was made of.
    const from = (['open', 'mitigated', 'resolved'] as const).find(state =>
      states.includes(state),
    );
    const to = incident.state;
    return from === to || (from === undefined && to === 'resolved')
      ? []
      : [transitionOf(incident, from)];
  });
}

function transitionOf(
  incident: StoredIncident,
  from: IncidentState | undefined,
): RecordTransition {
  const { state: to, priority, references, startedAt } = incident;
  const recordId = incidentIdOf(incident.first);
  const at = instantOf(incident, from);
  const prefix = priority.priority ? `P${priority.priority} · ` : '';
  const tools = [...new Set(references.map(({ tool }) => tool))].sort();
  return {
    kind: 'incident',
    recordId,
    at,
    ...(from ? { from } : {}),
    to,
    title: `${prefix}${incident.title}`,
    text:
      to === 'open'
        ? `${from ? 'Open again' : 'Open'} since ${utc(
            at,
          )}, told by ${tools.join(' and ')}`
        : `${to === 'resolved' ? 'Resolved' : 'Mitigated'} at ${utc(
            at,
          )}, after ${lengthInWords(at - startedAt)}`,
    priority: priority.priority,
    serviceIds: incident.services,
    path: `/day2/incidents/${recordId}`,
    sources: [...new Set(references.map(({ source }) => source))],
  };
}

/** When it became what it is. */
function instantOf(
  incident: StoredIncident,
  from: IncidentState | undefined,
): number {
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
