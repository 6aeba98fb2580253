import type { Slot } from '../../delivery/DesiredState';
import type { Landing } from '../records';
import type { EnvironmentName } from '../ServiceSpec';

/** How Argo CD makes manifests of what an application points to. */
export type ApplicationKind =
  | 'kustomize'
  | 'directory'
  | 'helm'
  /** Chart and values as two sources. */
  | 'helm-sources'
  /** Helm parameters in the `Application` itself, which another one applies. */
  | 'child'
  /** A folder of `Application`s. */
  | 'parent'
  /** A chart of a registry. */
  | 'chart';

/** What is fixed about an application of an Argo CD. */
export interface ApplicationPlan {
  /** `<instance>/<namespace>/<name>` */
  key: string;
  /** The Argo CD it lives in: one for each cluster, named like it. */
  instance: string;
  namespace: string;
  name: string;
  project: string;
  kind: ApplicationKind;
  /** Absent where it is no service's: the platform's own. */
  service?: string;
  environment?: EnvironmentName;
  slot?: Slot;
  cluster: string;
  destinationNamespace: string;
  /** GitOps repository; absent for a chart of a registry. */
  repository?: string;
  /** Every file its desired state is made of. */
  paths: string[];
  automated: boolean;
  selfHeal: boolean;
  /** Milliseconds between two comparisons, and when they fall. */
  period: number;
  phase: number;
}

/** What an application wants at a revision. */
export interface Inputs {
  /** SHA of the GitOps repository, or version of the chart. */
  revision: string;
  /** Equal where the same is wanted. */
  text: string;
  /** Equal where no pod has to be replaced. */
  rolling: string;
  /** The `Application` as the parent had applied it, of one in Git itself. */
  applied?: string;
  /** The version that stands there. */
  landing?: Landing;
}

/** A sync, as `status.operationState` tells of it. */
export interface Operation {
  kind: 'full' | 'selective' | 'dry-run';
  phase: 'Running' | 'Succeeded' | 'Failed';
  startedAt: number;
  finishedAt?: number;
  message: string;
  /** What it put, or was to put, live. */
  inputs: Inputs;
  /** User who asked for it; the controller itself where absent. */
  by?: string;
  /** On a successful full one. */
  historyId?: number;
  healthyAt?: number;
  degradedAt?: number;
}

export interface Drift {
  at: number;
  by: string;
  kind: string;
  field: string;
}

/** Live state that differed from a desired state that stood still. */
export interface DriftEpisode {
  application: string;
  by: string;
  kind: string;
  field: string;
  from: number;
  to?: number;
  /** Whether the controller undid it by itself. */
  selfHealed: boolean;
}

export type HealthStatus = 'Healthy' | 'Progressing' | 'Degraded' | 'Missing';

/** An application now. */
export interface ApplicationState {
  plan: ApplicationPlan;
  uid: string;
  createdAt: number;
  /** Whether it syncs by itself at the moment. */
  automated: boolean;
  /** Version of the chart that its own spec asks for. */
  chartVersion?: string;
  /** The `Application` as the parent applied it last. */
  applied?: { text: string; revision: string };
  wanted?: Inputs;
  /** What the last successful full sync made live. */
  live?: Inputs;
  /** A failed sync left something half applied. */
  dirty: boolean;
  /** What the controller tried last by itself: it does not try the same twice. */
  attempted?: string;
  sync: { status: 'Synced' | 'OutOfSync' | 'Unknown'; since: number };
  health: { status: HealthStatus; at: number; message?: string };
  drift?: Drift;
  driftUntil: number;
  error?: { message: string; at: number };
  /** When somebody is going to sync it. */
  personAt?: number;
  /** The last one of any kind. */
  operation?: Operation;
  /** Full syncs, also failed ones, oldest first. */
  syncs: Operation[];
  /** Versions that came and went in Git with nothing to sync at their comparison. */
  unchanged: Set<Landing>;
  /** What was asked for in its slot, of those of the world seen so far. */
  landings: { seen: number; own: Landing[] };
  comparedAt: number;
  changedAt: number;
  /** How often its spec was changed. */
  generation: number;
}
