export { createSandbox } from './sandbox/createSandbox';
export type { Sandbox } from './sandbox/createSandbox';
export type {
  MonitoringPrograms,
  MonitoringTool,
} from './monitoring/Monitoring';
export type { SandboxOptions } from './sandbox/SandboxOptions';
export type { Protection } from './server/gitRouter';
export { World } from './world/World';
export type { WorldOptions } from './world/World';
export { createWorld } from './world/createWorld';
export { servicesOf, truthOf } from './world/truth';
export type {
  CommitTruth,
  ConfigurationChangeTruth,
  RepositoryTruth,
  ServiceTruth,
  StoryTruth,
  Truth,
} from './world/truth';
export type { DeploymentTruth } from './world/deploymentTruth';
export { SignalCounters } from './world/signals/SignalCounters';
export type { ServiceSignals } from './world/signals/SignalCounters';
export type { Outage, OutageCause, OutageKind } from './world/outages/Outage';
export type { OutageTruth } from './world/outages/outageTruth';
export type { TargetSyncTruth } from './world/sync/landingSyncs';
export type { DriftTruth, SyncStateTruth } from './world/sync/syncStateTruth';
export type { SyncTruth } from './world/sync/syncTruth';
export type { Stimulus } from './world/records';
