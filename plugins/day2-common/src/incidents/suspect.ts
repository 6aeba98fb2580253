import type { Reason } from '../deployments/deployment';
import type { NamedCause, Said } from './incident';

/**
 * A deployment or another change that may have caused an incident. Instants are
 * epoch milliseconds; what is absent is not known.
 *
 * @public
 */
export interface SuspectCandidate {
  id: string;
  kind: 'deployment' | 'change';
  serviceId: string;
  /** Where it took effect; absent where that is everywhere, or not known. */
  environment?: string;
  /** In words: service and version, or the title of the change. */
  label: string;
  /** What a text or a cause field may call it: version, shas, addresses. */
  names: readonly string[];
  /** When it began to reach its targets: of a change its landing. */
  startedAt: number;
  /** Absent while it is being rolled out. */
  finishedAt?: number;
  /** Git alone tells of it: it took effect some time after it had landed. */
  landed?: boolean;
  risk?: 'low' | 'medium' | 'high';
  /** Share of bad events, or burn rate, over equal times before and after it. */
  errors?: { before: number; after: number };
  /**
   * Since when errors were clearly more, about the time the incident was noticed:
   * those of its own service (`none`: measured then, and as usual), and the first
   * of those that are hit.
   */
  onset?: { own?: CandidateOnset | 'none'; hit?: CandidateOnset };
  /** Where it was replaced by a rollback, a commit of it reverted, or its analysis failed. */
  undone?: readonly Undoing[];
}

/**
 * When errors began, as a candidate is judged by it: within slots from `from`
 * to `to`, epoch milliseconds.
 *
 * @public
 */
export interface CandidateOnset {
  from: number;
  to: number;
  /** Observed traffic that was healthy from the candidate's finish to `from`: milliseconds. */
  healthyMs: number;
}

/** What takes a change back, or tells it to be bad. @public */
export interface Undoing {
  how: 'rollback' | 'revert' | 'analysis-run';
  /** Of the deployment or change that did it; an analysis run has none. */
  id?: string;
  label: string;
  /** Epoch milliseconds. */
  at: number;
}

/**
 * A person's word on a suspect; `none` as id says that no change caused it.
 *
 * @public
 */
export interface SuspectDecision extends Said {
  candidateId: string;
  verdict: 'confirmed' | 'rejected';
}

/** The incident as its suspects are judged from. @public */
export interface SuspectedIncident {
  /** Epoch milliseconds: when the impact started, else when it was detected. */
  startedAt: number;
  /** `startedAt` is that of the impact. */
  impactKnown: boolean;
  resolvedAt?: number;
  /** Where it is; empty where nobody says. */
  environments: readonly string[];
  /** Titles and notes in which a change may be named. */
  texts: readonly string[];
  causes: readonly NamedCause[];
}

/** @public */
export type FactorName = 'time' | 'graph' | 'risk' | 'errors' | 'text';

/** What one factor adds to a score, in natural log-odds: 0 is neutral. @public */
export interface SuspectFactor {
  factor: FactorName;
  logOdds: number;
  reason: Reason;
}

/** @public */
export type SuspectState = 'confirmed' | 'suspected' | 'candidate' | 'rejected';

/** A candidate as it was judged. @public */
export interface Suspect {
  id: string;
  kind: SuspectCandidate['kind'];
  serviceId: string;
  label: string;
  state: SuspectState;
  /** Steps from a service that is hit; absent beyond those that are asked. */
  hops?: number;
  /** Sum of the factors, in natural log-odds. */
  score: number;
  /** Its share among the candidates and "no change", 0 to 1; 0 where rejected. */
  probability: number;
  factors: SuspectFactor[];
  /** Why it has its state. */
  reasons: Reason[];
}

/** What is thought of an incident's cause. @public */
export interface SuspectVerdict {
  /** Confirmed, then suspected, then by probability; rejected last. */
  suspects: Suspect[];
  /** That no change caused it. */
  noChange: {
    state: SuspectState;
    score: number;
    probability: number;
    reasons: Reason[];
  };
  /** Named changes that came after the start: they mend it. */
  fixes: { id: string; label: string; reasons: Reason[] }[];
}

/** The id of "no change" in decisions. @public */
export const NO_CHANGE = 'none';
