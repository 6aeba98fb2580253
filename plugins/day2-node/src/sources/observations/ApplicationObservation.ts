import type {
  ObservationBase,
  ObservedPerson,
  ObservedSubject,
} from './ObservedSubject';

/** How desired and live state compare, as the tool says it. @public */
export type SyncWord = 'synced' | 'out-of-sync' | 'unknown';

/** How what runs is doing, as the tool says it. @public */
export type HealthWord =
  | 'healthy'
  | 'progressing'
  | 'degraded'
  | 'suspended'
  | 'missing'
  | 'unknown';

/** Where an application takes its desired state from. @public */
export interface ApplicationOrigin {
  /** URL as the tool has it, without credentials. */
  repository: string;
  /** Directory in it; absent for a chart of a registry. */
  path?: string;
  chart?: string;
  /** Branch, tag, SHA or version range that it follows. */
  targetRevision?: string;
  /** Further files and directories that its desired state is made of (value files, manifest-generate-paths), relative to the root of the repository. */
  paths?: string[];
  /** `paths` are all that it is made of: `path` is a folder that it shares with others. */
  narrowed?: boolean;
  /** A plugin makes its manifests, of what it likes. */
  plugin?: boolean;
  /** Hash of the parameters given in the application itself. */
  parametersHash?: string;
  /** The same as of the last successful sync. */
  syncedParametersHash?: string;
  /** What it should be now, resolved: a SHA or a chart version. */
  desiredRevision?: string;
  /** Of the last successful sync. */
  syncedRevision?: string;
}

/**
 * What a GitOps controller says of one of its applications now.
 *
 * @public
 */
export interface ApplicationObservation extends ObservationBase {
  kind: 'application';
  subject: ObservedSubject;
  /** As the tool calls it, with its namespace where that tells it apart. */
  name: string;
  project?: string;
  environment?: string;
  /** Cluster, region, host or tenant. */
  target?: string;
  sync: SyncWord;
  health: HealthWord;
  healthMessage?: string;
  /** One or several. */
  origins: ApplicationOrigin[];
  /** It syncs by itself; and it undoes what differs by itself. */
  automated: boolean;
  selfHeal: boolean;
  /** The last one; the tool keeps no other. */
  operation?: {
    phase: 'running' | 'succeeded' | 'failed' | 'error' | 'terminating';
    /** Epoch milliseconds. */
    startedAt?: number;
    finishedAt?: number;
    message?: string;
    actor?: ObservedPerson;
    /** Nobody asked for it: the controller did. */
    automated: boolean;
    /** It synced some resources, or nothing at all: the last sync stays what it was. */
    limitedTo?: 'chosen-resources' | 'dry-run';
    revisions: string[];
  };
  /** What the tool complains of, e.g. `ComparisonError`. */
  conditions: { type: string; message: string; at?: number }[];
  /** Resources that differ, that are to be pruned or are not healthy; at most 200. */
  resources: {
    group?: string;
    kind: string;
    namespace?: string;
    name: string;
    sync?: SyncWord;
    health?: HealthWord;
    requiresPruning: boolean;
  }[];
  resourceCount: number;
  /** Image references that run. */
  images: string[];
  /** Epoch milliseconds: of the last successful sync. */
  syncedAt?: number;
  /** Epoch milliseconds: when the tool compared last. */
  comparedAt?: number;
  /** Where people look at it. */
  url?: string;
}
