import {
  incidentTimesOf,
  type Figure,
  type IncidentRecord,
  type IncidentReferenceRecord,
  type IncidentSeconds,
  type InstantName,
  type Person,
  type Reason,
  type ServiceName,
} from '@day2/backstage-plugin-day2-common';
import { iso } from '../http/range';
import {
  namesOf,
  referenceName,
  type LeftOut,
  type IncidentRow,
  type StoredIncident,
  type StoredReference,
} from './incidentRows';
import { shownInstant } from './shownInstant';
import { titleOf } from './titleOf';

/** A service that an incident hits, as a caller sees it. */
export interface HitService extends ServiceName {
  id: string;
  visible: boolean;
}

/** What an incident is shown with. */
export interface Showing {
  services: HitService[];
  /** Of sources, by their ids. */
  sourceTitle: (source: string) => string;
  person: (id: string) => Person;
  suspect?: IncidentRecord['suspect'];
  /** Of references, and of words on an instant: so many at most. */
  most?: number;
}

/** In lists. */
const MAX_CONTRADICTIONS = 5;
const PERSON_ID = /\b[0-9a-f]{32}\b/g;

/**
 * An incident as a caller sees it: of the references of services that he may
 * not see nothing is told but what follows from them.
 */
export function shownIncident(options: {
  row: IncidentRow;
  incident: StoredIncident;
  showing: Showing;
}): IncidentRecord {
  const { row, incident, showing } = options;
  const { instants, priority } = incident;
  const references = visibleReferences(incident, showing.services);
  const { leftOut = [] } = incident;
  const others = leftOut.filter(isVisibleTo(showing.services));
  const count = references.length + sumOf(others);
  const hidden = namesOf(incident.references, references);
  const reasons = (all: readonly Reason[]) =>
    all
      .filter(({ text }) => !hidden.some(name => text.includes(name)))
      .map(each => ({
        ...each,
        text: withTitles(withNames(each.text, showing.person), {
          references,
          showing,
        }),
      }));
  const contradictions = reasons(incident.contradictions);
  const instant = (name: InstantName) =>
    shownInstant({ name, instant: instants[name], references, showing });
  const times = incidentTimesOf(incident);
  const most = showing.most === undefined ? Infinity : MAX_CONTRADICTIONS;
  const services = showing.services.filter(({ visible }) => visible);
  return {
    id: row.id,
    title:
      count < incident.references.length + sumOf(leftOut)
        ? titleOf(references, incident)
        : incident.title,
    state: row.state,
    priority: priority.priority,
    impact: priority.impact,
    urgency: priority.urgency,
    priorityReasons: reasons(priority.reasons),
    services: services.map(({ ref, title }) => ({ ref, title })),
    hidden: showing.services.length - services.length,
    environments: [
      ...new Set(
        [...references, ...others].flatMap(
          ({ environment }) => environment ?? [],
        ),
      ),
    ].sort(),
    startedAt: iso(incident.startedAt),
    instants: {
      impactStartedAt: instant('impactStartedAt'),
      detectedAt: instant('detectedAt'),
      acknowledgedAt: instant('acknowledgedAt'),
      mitigatedAt: instant('mitigatedAt'),
      resolvedAt: instant('resolvedAt'),
    },
    times: {
      detect: figureOf(
        times.detect,
        instants.impactStartedAt.at === undefined
          ? 'when the impact started'
          : 'when it was detected',
      ),
      acknowledge: figureOf(times.acknowledge, 'when it was acknowledged'),
      restore: figureOf(times.restore, 'when it was mitigated or resolved'),
    },
    references: references
      .slice(0, showing.most)
      .map(each => shownReference(each, showing)),
    moreReferences:
      count > (showing.most ?? Infinity)
        ? count - (showing.most ?? 0)
        : undefined,
    reopened: incident.reopened.map(({ resolvedAt, reopenedAt }) => ({
      resolvedAt: iso(resolvedAt),
      reopenedAt: iso(reopenedAt),
    })),
    contradictions: contradictions.slice(0, most),
    moreContradictions:
      contradictions.length > most ? contradictions.length - most : undefined,
    suspect: showing.suspect,
  };
}

/** Those of a service that may be seen, and those of none. */
export function visibleReferences(
  incident: StoredIncident,
  services: readonly HitService[],
): StoredReference[] {
  return incident.references.filter(isVisibleTo(services));
}

function isVisibleTo(
  services: readonly HitService[],
): (reference: { services: readonly string[] }) => boolean {
  const visible = new Set(
    services.filter(each => each.visible).map(({ id }) => id),
  );
  return each =>
    each.services.length === 0 || each.services.some(id => visible.has(id));
}

function sumOf(leftOut: readonly LeftOut[]): number {
  return leftOut.reduce((sum, { count }) => sum + count, 0);
}

/** A text with the names of the persons whose ids are in it. */
export function withNames(
  text: string,
  person: (id: string) => Person,
): string {
  return text.replace(PERSON_ID, id => {
    const { name, userRef } = person(id);
    return name ?? userRef ?? id;
  });
}

/** A text in which references are called as people know them. */
function withTitles(
  text: string,
  options: { references: readonly StoredReference[]; showing: Showing },
): string {
  const { references, showing } = options;
  return (
    references
      .filter(each => text.includes(referenceName(each)))
      // One may begin as another does.
      .sort((a, b) => referenceName(b).length - referenceName(a).length)
      .reduce(
        (words, each) =>
          words.replaceAll(
            referenceName(each),
            () => `“${each.title}” (${showing.sourceTitle(each.source)})`,
          ),
        text,
      )
  );
}

function shownReference(
  reference: StoredReference,
  { sourceTitle }: Showing,
): IncidentReferenceRecord {
  const { source, key, tool, kind, title, url, environment } = reference;
  const { suppressed } = reference;
  const instant = (at: number | undefined) =>
    at === undefined ? undefined : iso(at);
  return {
    source,
    sourceTitle: sourceTitle(source),
    key,
    tool,
    kind,
    title,
    url,
    environment,
    detectedAt: iso(reference.detectedAt),
    acknowledgedAt: instant(reference.acknowledgedAt),
    resolvedAt: instant(reference.resolvedAt),
    words: reference.words.map(({ field, word }) => ({ field, word })),
    suppressed: suppressed && {
      by: suppressed.by,
      until: instant(suppressed.until),
      text: suppressed.text,
    },
    runbook: reference.runbook,
  };
}

function figureOf({ value, missing }: IncidentSeconds, needs: string): Figure {
  const words = {
    'not-told': `Nobody told ${needs}`,
    negative: 'What was told makes it negative; correct one of its instants',
  };
  return {
    value,
    unit: 'seconds',
    n: value === undefined ? 0 : 1,
    reason: missing && words[missing],
  };
}
