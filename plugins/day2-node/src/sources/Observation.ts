import type {
  FieldChange,
  FinishBasis,
  Rollout,
} from '@day2/backstage-plugin-day2-common';

/**
 * Somebody as a source names them. The hub turns this into a person id before
 * anything is stored; names and addresses stay in its one table of persons.
 *
 * @public
 */
export interface ObservedPerson {
  /** Identity within the namespace, e.g. a lower-cased e-mail address or a login. */
  key: string;
  /** Where `key` is unique: `email`, `github`, `argocd`, ... */
  namespace: string;
  name?: string;
}

/**
 * The thing a source speaks about: an application in a GitOps repository, an
 * application's repository. The hub ties it to services by its traits, in this
 * order: `entityRef`, annotation (`gitopsPath`, `image`, repository), label,
 * image repository, path.
 *
 * @public
 */
export interface ObservedSubject {
  /** Unique within the source and stable over time, e.g. `apps/cart/overlays/prod#Deployment/cart`. */
  key: string;
  kind: 'application' | 'repository' | 'service';
  traits: {
    /** Named outright, as by a posted event. */
    entityRef?: string;
    /** Name of the repository in the configuration of the source. */
    repository?: string;
    /** URL, clone URL or slug (`owner/name`) of that repository, all that are known. */
    repositoryUrls?: string[];
    /** Directory or file within the repository. */
    path?: string;
    /** What the path or the manifest calls the application. */
    application?: string;
    /** Resource name, kind and namespace of the workload. */
    resource?: { kind: string; name: string; namespace?: string };
    /** Name of the tool's instance in the configuration, as `argocd/instance-name` has it. */
    instance?: string;
    /** What the tool groups it under, as `argocd/project-name` has it. */
    project?: string;
    /** Labels of the resource and of its pod template. */
    labels?: Record<string, string>;
    /** Image repositories without tag or digest. */
    images?: string[];
  };
}

/** What every observation of a record has. @public */
export interface ObservationBase {
  /**
   * Unique within the source for ever; says the same thing at each reading.
   * Several observations of one commit share the prefix `<sha>:`, so that they
   * can be withdrawn together.
   */
  key: string;
  /**
   * Order among observations of this key, from the tool (`updated_at`,
   * `resourceVersion`, a history id), never from our clock. An older one than
   * the stored is ignored; the same one is replaced only if it differs.
   */
  version: number;
}

/**
 * A version of a subject reaching an environment, or (`basis: 'desired'`) being
 * asked for there.
 *
 * @public
 */
export interface DeploymentObservation extends ObservationBase {
  kind: 'deployment';
  subject: ObservedSubject;
  /** The source's word for the environment; the hub maps it by `day2.environments`. */
  environment?: string;
  /** Cluster, region, host or tenant. */
  target?: string;
  /**
   * The version as written: tag, digest or chart version. Absent where the
   * source knows the manifest revision only, as of an earlier sync of Argo CD:
   * the hub then reads the version from the desired state of that revision.
   */
  versionName?: string;
  image?: { repository?: string; tag?: string; digest?: string };
  /** All images it put live, where the source knows them and cannot tell which one is the service's. */
  images?: { repository?: string; tag?: string; digest?: string }[];
  /** Epoch milliseconds. */
  startedAt?: number;
  /** Epoch milliseconds; for `desired` when the commit landed. */
  finishedAt: number;
  /**
   * Later is larger. With `basis: 'desired'` the position of the commit along
   * the first parent of its branch: the observations of one source and
   * `manifestRevision.repository` follow it, whatever the committers' clocks
   * said. Otherwise the order among observations with one `finishedAt`.
   */
  order?: number;
  basis: FinishBasis;
  rollout: Rollout;
  manifestRevision?: { repository: string; sha: string };
  /**
   * What else it was made of, where it has several sources: the hub reads the
   * version from whichever of them asks for one of the service.
   */
  otherRevisions?: { repository: string; sha: string }[];
  /**
   * What the source itself knows of the application's commit: a full or short
   * SHA or a Git tag, found in the version by a documented rule. The hub
   * resolves it against the application's repository.
   */
  applicationRevision?: {
    repository?: string;
    sha?: string;
    tag?: string;
    found: string;
  };
  actor?: ObservedPerson;
  title?: string;
  url?: string;
  /**
   * Marks of a hotfix, revert or rollback that the message or branch bears, or
   * that whoever posts it gives it (`basis: 'event'`).
   */
  marks?: ('hotfix' | 'revert' | 'rollback' | 'emergency' | 'fix')[];
  /** The version that it mends or takes back, where it is named. */
  mends?: string;
}

/**
 * Something done: a commit on the default branch of an application's
 * repository, or on a GitOps branch.
 *
 * @public
 */
export interface ChangeObservation extends ObservationBase {
  kind: 'change';
  /** What it touches; each with the fields that moved there. */
  touches: {
    subject: ObservedSubject;
    environment?: string;
    target?: string;
    fields: FieldChange[];
    /** A desired version moved here. */
    versionMoved: boolean;
  }[];
  title: string;
  /** Whole message, cut to 10,000 characters. */
  message?: string;
  /** Epoch milliseconds: committer time. */
  at: number;
  authors: ObservedPerson[];
  repository?: string;
  sha?: string;
  url?: string;
  isMerge: boolean;
  issueKeys: string[];
  pullRequest?: string;
  reverts?: string;
  marks?: ('hotfix' | 'revert' | 'rollback' | 'emergency')[];
  /** Paths touched in the repository, at most 200. */
  paths?: string[];
}

/**
 * A commit of an application's repository: what the graph of carried commits
 * is made of. Parents come before their children, at each reading: the hub
 * orders the graph by them. A higher version corrects what was cut off before,
 * as the parents of a shallow clone's oldest commit.
 *
 * @public
 */
export interface CommitObservation extends ObservationBase {
  kind: 'commit';
  /** Name of the repository in the configuration. */
  repository: string;
  sha: string;
  parents: string[];
  /** Epoch milliseconds: committer time. */
  committedAt: number;
  title: string;
  authors: ObservedPerson[];
  issueKeys: string[];
  /** Paths touched against the first parent, at most 200. */
  paths: string[];
  pathsCut: boolean;
}

/** A tag of an application's repository. @public */
export interface TagObservation extends ObservationBase {
  kind: 'tag';
  repository: string;
  name: string;
  sha: string;
}

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

/**
 * Withdraws observations for good: history was rewritten, an object deleted.
 * Exact, so no sweep guard applies.
 *
 * @public
 */
export interface WithdrawnObservation {
  kind: 'withdrawn';
  /** Of all observations whose key is this or begins with it and a colon. */
  keyPrefix: string;
  reason: string;
}

/** What a source says. @public */
export type Observation =
  | DeploymentObservation
  | ChangeObservation
  | CommitObservation
  | TagObservation
  | ApplicationObservation
  | WithdrawnObservation;
