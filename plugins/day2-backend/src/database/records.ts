import type {
  DeploymentStage,
  FieldChange,
  FinishBasis,
  Reason,
  Rollout,
  SequenceTarget,
  TimelineEntry,
} from '@day2/backstage-plugin-day2-common';

/**
 * JSON of `deployment.record`: what has no column of its own. Instants are
 * epoch milliseconds, persons are ids.
 */
export interface DeploymentRecord {
  previousVersion?: string;
  image?: string;
  targets: SequenceTarget[];
  outcomeReasons: Reason[];
  rollback?: { restoresId: string; replacesId?: string };
  unplannedReasons: Reason[];
  manifestRevision?: { repository: string; sha: string };
  applicationRevisionNote?: string;
  carriedReason?: string;
  /** What the carried commits were computed from; the same key, the same commits. */
  carriedKey?: string;
  /** Commits whose ancestors are all that the environment had of its repository by then. */
  tips?: string[];
  /** Why it is not known which of the commits had been there before. */
  firstUnknown?: string;
  actorId?: string;
  url?: string;
  title?: string;
  sources: { source: string; key: string; url?: string; skipped?: boolean }[];
  stages?: {
    name: DeploymentStage['name'];
    at: number;
    source: string;
  }[];
}

/**
 * JSON of `change.record`: what has no column of its own. The services are in
 * `record_service`, the deployments that carried it in `deployment_commit`.
 */
export interface ChangeRecord {
  message?: string;
  supersededReason?: string;
  authorIds: string[];
  url?: string;
  issueKeys: string[];
  pullRequest?: string;
  isMerge: boolean;
  /** Sha of the commit that reverted it. */
  revertedBy?: string;
  emergencyReasons: Reason[];
  /** Each with the subject it was moved at: who sees that may see it. */
  fields: (FieldChange & { subjectId: string })[];
  /** All of them, where `fields` is cut. */
  fieldCount: number;
  /** All of them, by subject. */
  fieldCounts: Record<string, number>;
}

/** JSON of `timeline.entry`: what has no column of its own. */
export interface TimelineRecord {
  title: string;
  detail?: string;
  status: TimelineEntry['status'];
  flags: TimelineEntry['flags'];
  actorId?: string;
  url?: string;
}

/** A row of `deployment`. On PostgreSQL instants come as strings: read by `toNumber`. */
export interface DeploymentRow {
  id: string;
  service_id: string;
  environment: string;
  finished_at: number;
  first_finished_at: number;
  started_at: number | null;
  version: string;
  rollout: Rollout;
  outcome: 'ok' | 'failed' | 'undone';
  basis: FinishBasis;
  previous_id: string | null;
  restores_id: string | null;
  unplanned: boolean;
  application_repository: string | null;
  application_sha: string | null;
  manifest_sha: string | null;
  carried_count: number;
  carried_complete: boolean;
  record: string;
  hash: string;
}

/** A row of `running`: what runs on one target now. */
export interface RunningRow {
  service_id: string;
  environment: string;
  /** The image; '' where none is known. */
  line: string;
  /** '' where the source names none. */
  target: string;
  deployment_id: string;
  version: string;
  /** When it reached that target. */
  since: number;
  /** Of the deployment in its sequence: the largest is the newest. */
  position: number;
}

/** A row of `change`. */
export interface ChangeRow {
  id: string;
  source: string;
  key: string;
  kind: 'code' | 'configuration' | 'version' | 'event';
  at: number;
  repository: string | null;
  sha: string | null;
  reverts: string | null;
  state: 'implemented' | 'superseded';
  emergency: boolean;
  title: string;
  /** Of `searchText`. */
  search: string;
  record: string;
  hash: string;
}

/** A row of `timeline`. */
export interface TimelineRow {
  id: string;
  service_id: string;
  /** '' where it touches none in particular. */
  environment: string;
  at: number;
  until: number | null;
  kind: 'deployment' | 'change' | 'incident';
  record_id: string;
  entry: string;
  search: string;
}
