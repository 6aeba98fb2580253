import type { Landing } from '../records';
import type { ServiceSpec } from '../ServiceSpec';
import type { WorldState } from '../WorldState';
import { applicationKey } from './plannedApplications';

/** What an Argo CD did about a version that Git asked it for. @public */
export interface TargetSyncTruth {
  /** `<instance>/<namespace>/<name>` */
  application: string;
  /**
   * `synced`: a full sync put it live. `failed`: each sync of it failed.
   * `skipped`: a later version was synced before it. `unchanged`: it wants what
   * ran already. `pending`: nothing yet.
   */
  outcome: 'synced' | 'failed' | 'skipped' | 'unchanged' | 'pending';
  /** Revision that was synced: it may carry further commits. */
  revision?: string;
  historyId?: number;
  startedAt?: string;
  syncedAt?: string;
  /** When everything of it was healthy first; absent where it never was. */
  healthyAt?: string;
  degradedAt?: string;
  /** User who synced it; absent where the controller did. */
  initiatedBy?: string;
  /** Syncs of it that failed, before one succeeded or at all. */
  failedAt: string[];
}

/** Tells what became of each of these landings of a service. */
export function landingSyncs(
  world: WorldState,
  spec: ServiceSpec,
  landings: Landing[],
): (landing: Landing) => TargetSyncTruth | undefined {
  const order = new Map(landings.map((landing, i) => [landing, i]));
  return landing => {
    const app = world.applications.get(applicationKey(spec, landing));
    if (!app || landing.repository === undefined) {
      return undefined;
    }
    const own = app.syncs.filter(each => each.inputs.landing === landing);
    const success = own.find(({ phase }) => phase === 'Succeeded');
    const failedAt = own
      .filter(({ phase }) => phase === 'Failed')
      .map(each => iso(each.finishedAt!));
    const first = success ?? own[0];
    const isPassed = app.syncs.some(
      ({ phase, inputs }) =>
        phase === 'Succeeded' &&
        inputs.landing !== undefined &&
        order.get(inputs.landing)! > order.get(landing)!,
    );
    const healthyAt = own.find(each => each.healthyAt)?.healthyAt;
    const degradedAt = own.find(each => each.degradedAt)?.degradedAt;
    const outcome = (): TargetSyncTruth['outcome'] => {
      if (success) {
        return 'synced';
      }
      if (failedAt.length > 0) {
        return 'failed';
      }
      if (app.unchanged.has(landing)) {
        return 'unchanged';
      }
      return isPassed ? 'skipped' : 'pending';
    };
    return {
      application: app.plan.key,
      outcome: outcome(),
      ...(first && {
        revision: first.inputs.revision,
        startedAt: iso(first.startedAt),
        ...(first.by && { initiatedBy: first.by }),
      }),
      ...(success && {
        historyId: success.historyId,
        syncedAt: iso(success.finishedAt!),
      }),
      ...(healthyAt && { healthyAt: iso(healthyAt) }),
      ...(degradedAt && { degradedAt: iso(degradedAt) }),
      failedAt,
    };
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
