import type { EnvironmentName } from '../ServiceSpec';
import type { WorldState } from '../WorldState';
import type { ApplicationState, HealthStatus } from './ApplicationState';
import { reconciledAt } from './schedule';

/** An application of an Argo CD at the world's end. @public */
export interface SyncStateTruth {
  /** `<instance>/<namespace>/<name>` */
  application: string;
  instance: string;
  namespace: string;
  name: string;
  uid: string;
  project: string;
  /** Absent where it is the platform's own. */
  service?: string;
  environment?: EnvironmentName;
  /** Cluster. */
  target: string;
  sync: 'Synced' | 'OutOfSync' | 'Unknown';
  syncSince: string;
  health: HealthStatus;
  healthSince: string;
  /**
   * Why it is not in sync. `pending`: Git wants something else than was synced
   * last. `drifted`: it wants the same, somebody changed a resource. `unknown`:
   * it could not be compared.
   */
  cause?: 'pending' | 'drifted' | 'unknown';
  /** The last sync of what is wanted failed. */
  failing: boolean;
  automated: boolean;
  selfHeal: boolean;
  /** What it should be: a SHA or a chart version; absent where not comparable. */
  desiredRevision?: string;
  /** Of the last successful full sync. */
  syncedRevision?: string;
  /** The version that runs and the one that is asked for. */
  syncedVersion?: string;
  desiredVersion?: string;
}

/** @public */
export interface DriftTruth {
  application: string;
  service?: string;
  environment?: EnvironmentName;
  target: string;
  from: string;
  to?: string;
  by: string;
  kind: string;
  field: string;
  selfHealed: boolean;
}

/** Why an application is not in sync; undefined where it is. */
export function causeOf(app: ApplicationState): SyncStateTruth['cause'] {
  if (app.error) {
    return 'unknown';
  }
  if (app.sync.status === 'Synced') {
    return undefined;
  }
  return app.dirty || app.wanted?.text !== app.live?.text
    ? 'pending'
    : 'drifted';
}

/** What the controller saw as the tip of the branch when it compared last. */
export function desiredRevision(
  world: WorldState,
  app: ApplicationState,
  at: number,
): string | undefined {
  const { repository } = app.plan;
  if (app.error) {
    return undefined;
  }
  return repository
    ? world.repository(repository, 'gitops').tipAt(reconciledAt(app, at))?.sha
    : app.chartVersion;
}

/** Every application as it is at that instant, the world's end. */
export function syncStateTruth(
  world: WorldState,
  at: number,
): SyncStateTruth[] {
  return [...world.applications.values()].map(app => {
    const { plan, live, wanted } = app;
    return {
      application: plan.key,
      instance: plan.instance,
      namespace: plan.namespace,
      name: plan.name,
      uid: app.uid,
      project: plan.project,
      service: plan.service,
      environment: plan.environment,
      target: plan.cluster,
      sync: app.sync.status,
      syncSince: iso(app.sync.since),
      health: app.health.status,
      healthSince: iso(app.health.at),
      cause: causeOf(app),
      failing: app.dirty,
      automated: app.automated,
      selfHeal: plan.selfHeal,
      desiredRevision: desiredRevision(world, app, at),
      syncedRevision: live?.revision,
      syncedVersion: live?.landing?.build.version,
      desiredVersion: app.error ? undefined : wanted?.landing?.build.version,
    };
  });
}

/** Everything that was changed beside Git. */
export function driftTruth(world: WorldState): DriftTruth[] {
  return world.driftEpisodes.map(({ from, to, ...episode }) => {
    const { plan } = world.applications.get(episode.application)!;
    return {
      ...episode,
      service: plan.service,
      environment: plan.environment,
      target: plan.cluster,
      from: iso(from),
      ...(to !== undefined && { to: iso(to) }),
    };
  });
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
