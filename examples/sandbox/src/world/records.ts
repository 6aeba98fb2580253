import type { Slot } from '../delivery/DesiredState';
import type { EnvironmentName, ServiceSpec } from './ServiceSpec';

/** What CI made of one merge to main. */
export interface Build {
  service: string;
  /** Position among the builds of that service. */
  order: number;
  version: string;
  /** Commit of the application's main branch. */
  sha: string;
  readyAt: number;
  /** Rolled back once, and never promoted again. */
  bad: boolean;
  /** Healthy in production at first, degraded after a while. */
  degradesLater?: boolean;
  /** Ordered as a bad release while the sandbox runs: seen at once, rolled back soon. */
  isBroken?: boolean;
  urgent: boolean;
}

export type DeployReason = 'initial' | 'promotion' | 'rollback' | 'hotfix';

/** A commit to a GitOps repository, and the slots it wants something of. */
export interface DesiredMove {
  spec: ServiceSpec;
  slots: Slot[];
  at: number;
}

/** A version reaching one slot of a service: the raw fact deployments are made of. */
export interface Landing extends Slot {
  service: string;
  build: Build;
  environment: EnvironmentName;
  at: number;
  startedAt?: number;
  rollout: 'succeeded' | 'failed' | 'cancelled';
  reason: DeployReason;
  /** The GitOps commit that asked for it; absent where it was posted. */
  repository?: string;
  sha?: string;
}

export interface ConfigurationField {
  file: string;
  resource?: string;
  field: string;
  from?: string;
  to?: string;
}

/** A commit to a GitOps repository that changed settings, not the version. */
export interface ConfigurationChange {
  service: string;
  environment: EnvironmentName;
  targets: string[];
  at: number;
  repository: string;
  sha: string;
  author: { name: string; email: string };
  title: string;
  fields: ConfigurationField[];
}

/** What is to be posted to the portal, exactly once, in order. */
export interface Post {
  at: number;
  key: string;
  kind: 'deployment' | 'event';
  body: object;
}

/** Something worth finding in the world. */
export interface Story {
  id: string;
  title: string;
  service?: string;
  from: number;
  to?: number;
  /** Commits, versions and files it is about, by what they are to it. */
  refs: Record<string, string>;
}

/** A deployment ordered while the sandbox runs, kept so that it can be replayed. */
export interface Stimulus {
  id: string;
  at: number;
  service: string;
  /** Pause between the steps of its pipeline, in seconds. */
  tempoSeconds: number;
  /** On a bad release: how long after it is in production it is rolled back. */
  rollbackSeconds?: number;
}
