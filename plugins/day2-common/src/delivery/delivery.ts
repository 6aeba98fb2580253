import type { FinishBasis, Reason, Rollout } from '../deployments/deployment';
import type { SequenceTarget } from '../deployments/sequenceObservation';
import type { LinkedIncident } from '../incidents/incidentFailures';

/**
 * A commit of the application that a deployment carried, as its lead time needs
 * it. Instants are epoch milliseconds.
 *
 * @public
 */
export interface DeliveredCommit {
  repository: string;
  sha: string;
  /** Committer time. */
  committedAt: number;
  isMerge: boolean;
  /** No deployment that counts brought it to that environment before. */
  first: boolean;
  /** The commit it says it reverts: a sha, or the beginning of one (7 or more). */
  reverts?: string;
}

/**
 * The incidents of a deployment, confirmed and suspected ones, each once.
 *
 * @public
 */
export interface DeliveryIncidents {
  /** Those that it caused. */
  caused: readonly LinkedIncident[];
  /** Those that it mends. */
  mended: readonly LinkedIncident[];
}

/**
 * A deployment as its delivery is judged from: one of `deriveSequence`, with its
 * id and the commits it carried. `previous`, `restores` and `replaces` are
 * positions in the same list, as there.
 *
 * @public
 */
export interface DeliveryInput {
  id: string;
  /** Those of one event are counted once: `eventsOf`. */
  event: string;
  /** The image whose versions it is one of. */
  line: string;
  version: string;
  finishedAt: number;
  firstFinishedAt: number;
  targets: SequenceTarget[];
  basis: FinishBasis;
  rollout: Rollout;
  /** It served on one target at least. */
  live: boolean;
  outcome: 'ok' | 'failed' | 'undone';
  outcomeReasons: Reason[];
  previous?: number;
  rollback?: { restores: number; replaces: number };
  /** Its version is not known: no rollback past it and no mark blames it (ADR 10). */
  ofRevision?: true;
  unplannedReasons: Reason[];
  /** Versions that it mends or takes back, as whoever posted it says. */
  mends?: readonly string[];
  /**
   * Carried since the last deployment of its line that counts: what one between
   * them carried, which did not count, is in this list again.
   */
  commits: {
    list: DeliveredCommit[];
    /** All of them are in the list. */
    complete: boolean;
    /** Why they are not. */
    reason?: string;
  };
  /** Absent where it is linked to none. */
  incidents?: DeliveryIncidents;
}

/** How a deployment ended the failure of another. @public */
export type RestoredBy = 'rollback' | 'fix' | 'next-rollout';

/**
 * How long a failed deployment stayed so. `seconds` is absent while it is open,
 * and where the end lies before the start (`anomaly`).
 *
 * @public
 */
export interface Recovery {
  /** Epoch milliseconds. */
  failureStartedAt: number;
  /** Epoch milliseconds; absent while it is open. */
  restoredAt?: number;
  seconds?: number;
  anomaly: boolean;
  how: RestoredBy | 'incident' | 'open';
  /** The deployment that ended it; of one that ended with an incident none. */
  restoredById?: string;
  /** The incident that ended last; of an open one the first that is open. */
  incidentId?: string;
}

/** The lead time of one commit. @public */
export interface CommitLead {
  repository: string;
  sha: string;
  seconds: number;
}

/** What the lead time takes from a deployment, and what it leaves out. @public */
export interface DeliveryLead {
  /** Shortest first. */
  commits: CommitLead[];
  /** Committed after the deployment had finished: left out. */
  anomalies: CommitLead[];
  /** How many were left out as merges. */
  merges: number;
  /** How many were left out because an earlier deployment brought them. */
  earlier: number;
  /** It belongs to the lead time's coverage: it counts and has a predecessor. */
  expected: boolean;
  /** All its commits are known. */
  measured: boolean;
}

/**
 * What one deployment adds to the delivery figures, each with its reasons
 * (metrics.md, "The five DORA metrics"; docs/delivery.md).
 *
 * @public
 */
export interface Delivery {
  id: string;
  /** Epoch milliseconds: the instant that puts it in a range. */
  finishedAt: number;
  basis: FinishBasis;
  rollout: Rollout;
  /** It is one of D. */
  countsAsDeployment: boolean;
  /** What the change fail rate divides by, rollbacks left out. */
  wentLive: boolean;
  isRollback: boolean;
  isFailed: boolean;
  isRework: boolean;
  /** Nothing was recorded before it in its line. */
  isFirst: boolean;
  lead: DeliveryLead;
  /** Of failed ones only. */
  recovery?: Recovery;
  /** Which of it rests on incidents alone that are only suspected. */
  suspected: { failed: boolean; rework: boolean; recovery: boolean };
  reasons: {
    deployment: Reason[];
    failed: Reason[];
    rework: Reason[];
    lead: Reason[];
    recovery: Reason[];
  };
}
