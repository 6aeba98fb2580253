import type { Deployment } from '../deployments/deployment';
import type { EnvironmentTier } from '../environments';
import type { KeptDelivery } from './keptDelivery';
import { quantileOf } from './quantile';
import { roleIn } from './roleIn';
import type { DeliveryMetric, DeliveryRecord } from './scoreboard';

/**
 * The row behind a figure: a deployment with what it is to the metric, and why.
 *
 * @param options - `tier`: of its environment; `asked`: production by default
 *
 * @public
 */
export function deliveryRecordOf(options: {
  deployment: Pick<
    Deployment,
    | 'id'
    | 'serviceRef'
    | 'environment'
    | 'version'
    | 'previousVersion'
    | 'title'
    | 'finishedAt'
  >;
  delivery: KeptDelivery;
  metric: DeliveryMetric;
  tier: EnvironmentTier;
  asked?: EnvironmentTier;
}): DeliveryRecord {
  const { deployment, delivery, metric } = options;
  const { id, ...rest } = deployment;
  const { recovery, lead } = delivery;
  const seconds = lead.commits.map(each => each.seconds);
  return {
    ...rest,
    deploymentId: id,
    metric,
    ...roleIn(options),
    ...(isSuspected(metric, delivery) ? { suspected: true } : {}),
    ...(metric === 'changeLeadTime'
      ? {
          lead: {
            commits: seconds.length,
            medianSeconds: quantileOf(seconds, 'p50'),
            longestSeconds: seconds[seconds.length - 1],
          },
        }
      : {}),
    ...(metric === 'failedDeploymentRecoveryTime' && recovery
      ? {
          recovery: {
            failureStartedAt: iso(recovery.failureStartedAt),
            restoredAt:
              recovery.restoredAt === undefined
                ? undefined
                : iso(recovery.restoredAt),
            seconds: recovery.seconds,
            how: recovery.how,
            restoredById: recovery.restoredById,
            incidentId: recovery.incidentId,
          },
        }
      : {}),
  };
}

/** What it is to the metric rests on incidents alone that are only suspected. */
function isSuspected(
  metric: DeliveryMetric,
  { suspected }: KeptDelivery,
): boolean {
  switch (metric) {
    case 'changeFailRate':
      return suspected.failed;
    case 'deploymentReworkRate':
      return suspected.rework;
    case 'failedDeploymentRecoveryTime':
      return suspected.recovery;
    default:
      return false;
  }
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
