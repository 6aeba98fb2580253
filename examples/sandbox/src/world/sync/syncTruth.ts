import type { EnvironmentName } from '../ServiceSpec';
import type { WorldState } from '../WorldState';

/** A full sync of an application, also a failed one. @public */
export interface SyncTruth {
  /** `<instance>/<namespace>/<name>` */
  application: string;
  service?: string;
  environment?: EnvironmentName;
  target: string;
  /** Absent on one that failed or runs. */
  historyId?: number;
  phase: 'Running' | 'Succeeded' | 'Failed';
  startedAt: string;
  finishedAt?: string;
  /** SHA of the GitOps repository, or version of the chart. */
  revision: string;
  /** The service's version at that revision. */
  version?: string;
  /** Its desired state equals that of the last successful one. */
  isSame: boolean;
  healthyAt?: string;
  degradedAt?: string;
  /** User who asked for it; absent where the controller did. */
  initiatedBy?: string;
}

/** Every full sync of every application, oldest first in each. */
export function syncTruth(world: WorldState): SyncTruth[] {
  return [...world.applications.values()].flatMap(({ plan, syncs }) => {
    let last: string | undefined;
    return syncs.map(operation => {
      const { inputs, phase, finishedAt, healthyAt, degradedAt } = operation;
      const isSame = inputs.text === last;
      last = phase === 'Succeeded' ? inputs.text : last;
      return {
        application: plan.key,
        service: plan.service,
        environment: plan.environment,
        target: plan.cluster,
        historyId: operation.historyId,
        phase,
        startedAt: iso(operation.startedAt)!,
        finishedAt: iso(finishedAt),
        revision: inputs.revision,
        version: inputs.landing?.build.version,
        isSame,
        healthyAt: iso(healthyAt),
        degradedAt: iso(degradedAt),
        initiatedBy: operation.by,
      };
    });
  });
}

function iso(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}
