import type { EnvironmentName, ServiceSpec } from '../world/ServiceSpec';

/** One place a service runs, as its GitOps files tell places apart. */
export interface Slot {
  environment: EnvironmentName;
  /** Cluster or host; absent where the files do not tell. */
  target?: string;
}

/** What Git wants of a service in one slot. */
export interface DesiredState {
  version: string;
  replicas: number;
  cpu: string;
  memory: string;
  config: Record<string, string>;
  restartedAt?: string;
}

/**
 * A setting that people change: `replicas`, `cpu`, `memory`, `restartedAt`, or
 * the name of an entry of `config`.
 */
export type Setting = string;

/** Where in the GitOps files a setting stands. */
export interface SettingPlace {
  file: string;
  /** `kind/name`, where the file holds Kubernetes resources. */
  resource?: string;
  /** Path within the document; list items by their `name`, keys with a dot in brackets. */
  field: string;
}

/** How a kind of delivery writes desired state down. */
export interface DeliveryWriter {
  repository: string;
  slots(spec: ServiceSpec): Slot[];
  /** Files that no deployment changes: bases, charts. */
  commonFiles(spec: ServiceSpec): Map<string, string>;
  files(options: {
    spec: ServiceSpec;
    slot: Slot;
    state: DesiredState;
  }): Map<string, string>;
  /** Every place a setting is written in; none where these files have it not. */
  places(options: {
    spec: ServiceSpec;
    slot: Slot;
    state: DesiredState;
    setting: Setting;
  }): SettingPlace[];
}
