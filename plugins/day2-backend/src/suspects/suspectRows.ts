import {
  linkedIncidentsOf,
  NO_CHANGE,
  type LinkedIncident,
  type Reason,
  type Suspect,
  type SuspectCandidate,
  type SuspectState,
  type SuspectVerdict,
} from '@day2/backstage-plugin-day2-common';
import type { StoredIncident } from '../incidents/incidentRows';
import { titleOf } from '../incidents/titleOf';
import type { JudgedIncident } from './judgedIncident';

/** Beyond those that are told apart, as many as anybody reads. */
const MAX_CANDIDATES = 50;
const OF_ANOTHER = 'one of a service that depends on it';

/** JSON of `suspect.record`: what has no column of its own. */
export type SuspectRecordJson = Pick<Suspect, 'label' | 'reasons'> &
  Partial<Pick<Suspect, 'hops' | 'factors'>>;

/** A row of `suspect`. On PostgreSQL `at` comes as a string: read by `toNumber`. */
export interface SuspectRow {
  incident_id: string;
  /** `none`: that no change caused it. */
  role: 'cause' | 'fix' | 'none';
  candidate_id: string;
  kind: SuspectCandidate['kind'] | 'none';
  service_id: string | null;
  /** '' where it is of none in particular. */
  environment: string;
  /** When it began: epoch milliseconds. */
  at: number | null;
  state: SuspectState;
  score: number;
  probability: number;
  /** 0 is the likeliest. */
  rank: number;
  /** JSON of `LinkedIncident`, of those that the delivery figures count. */
  link: string | null;
  record: string;
}

/** What is thought of an incident's cause, as rows. */
export function suspectRows(options: {
  judged: Pick<JudgedIncident, 'id' | 'incident'>;
  candidates: readonly SuspectCandidate[];
  verdict: SuspectVerdict;
}): SuspectRow[] {
  const { judged, verdict } = options;
  const { id, incident } = judged;
  const byId = new Map(options.candidates.map(each => [each.id, each]));
  const { causedBy, mendedBy } = linkedIncidentsOf({
    incidents: [{ id, incident, verdict }],
  });
  const placeOf = (candidateId: string) => {
    const candidate = byId.get(candidateId) as SuspectCandidate;
    return {
      candidate_id: candidateId,
      kind: candidate.kind,
      service_id: candidate.serviceId,
      environment: candidate.environment ?? '',
      at: candidate.startedAt,
    };
  };
  const titleFor = (candidateId: string) =>
    titleOfOwn(incident, byId.get(candidateId)?.serviceId ?? '');
  const told = verdict.suspects.filter(({ state }) => state !== 'candidate');
  const others = verdict.suspects.filter(({ state }) => state === 'candidate');
  const kept = new Set([...told, ...others.slice(0, MAX_CANDIDATES)]);
  const suspects = verdict.suspects
    .filter(each => kept.has(each))
    .map((each, rank): SuspectRow => {
      const { label, reasons, hops, factors } = each;
      return {
        incident_id: id,
        role: 'cause',
        ...placeOf(each.id),
        state: each.state,
        score: each.score,
        probability: each.probability,
        rank,
        link: linkOf(causedBy.get(each.id), titleFor(each.id)),
        record: recordOf({ label, reasons, hops, factors }),
      };
    });
  const { state, score, probability, reasons } = verdict.noChange;
  return [
    ...suspects,
    ...verdict.fixes.map((fix, rank): SuspectRow => {
      const link = mendedBy.get(fix.id);
      return {
        incident_id: id,
        role: 'fix',
        ...placeOf(fix.id),
        state: link?.[0].state ?? 'candidate',
        score: 0,
        probability: 0,
        rank,
        link: linkOf(link, titleFor(fix.id)),
        record: recordOf(fix),
      };
    }),
    {
      incident_id: id,
      role: 'none',
      candidate_id: NO_CHANGE,
      kind: 'none',
      service_id: null,
      environment: '',
      at: null,
      state,
      score,
      probability,
      rank: 0,
      link: null,
      record: recordOf({ label: 'No change', reasons }),
    },
  ];
}

/** Whoever may see a service need not see what else an incident hits. */
function titleOfOwn(incident: StoredIncident, serviceId: string): string {
  const own = incident.references.filter(({ services }) =>
    services.includes(serviceId),
  );
  return own.length > 0 ? titleOf(own, incident) : OF_ANOTHER;
}

function linkOf(
  links: readonly LinkedIncident[] | undefined,
  title: string,
): string | null {
  return links ? JSON.stringify({ ...links[0], title }) : null;
}

function recordOf(
  record: SuspectRecordJson & { id?: string; reasons: Reason[] },
): string {
  const { label, reasons, hops, factors } = record;
  return JSON.stringify({ label, reasons, hops, factors });
}
