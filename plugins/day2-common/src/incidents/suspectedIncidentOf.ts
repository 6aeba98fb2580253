import type { Incident } from './incident';
import type { SuspectedIncident } from './suspect';

/**
 * An incident as its suspects are judged from: of people's notes besides its
 * titles `notes`.
 *
 * @public
 */
export function suspectedIncidentOf(
  incident: Pick<
    Incident,
    'title' | 'startedAt' | 'instants' | 'references' | 'environments'
  >,
  notes: readonly string[] = [],
): SuspectedIncident {
  const { title, startedAt, instants, references, environments } = incident;
  const resolvedAt = instants.resolvedAt.at;
  return {
    startedAt,
    impactKnown: instants.impactStartedAt.at !== undefined,
    ...(resolvedAt === undefined ? {} : { resolvedAt }),
    environments,
    texts: [
      ...new Set([title, ...references.map(each => each.title), ...notes]),
    ],
    causes: references.flatMap(({ causes }) => causes ?? []),
  };
}
