import type { Reason } from '../deployments/deployment';
import type { EnvironmentTier } from '../environments';
import type { KeptDelivery } from './keptDelivery';
import type { DeliveryMetric, DeliveryRole } from './scoreboard';

/** What a deployment is to a metric, and why. @public */
export interface RoleInMetric {
  role: DeliveryRole;
  reasons: Reason[];
}

const ROLES: Record<DeliveryMetric, (delivery: KeptDelivery) => RoleInMetric> =
  {
    deploymentFrequency: ({ countsAsDeployment, reasons }) => ({
      role: countsAsDeployment ? 'counted' : 'left-out',
      reasons: reasons.deployment,
    }),
    changeLeadTime: ({ lead, reasons }) => ({
      role: lead.commits.length > 0 ? 'counted' : 'left-out',
      reasons: reasons.lead,
    }),
    failedDeploymentRecoveryTime: ({ recovery, reasons }) => {
      if (!recovery) {
        return leftOut({ code: 'not-failed', text: 'It did not fail' });
      }
      const measured = recovery.anomaly ? 'left-out' : 'counted';
      return {
        role: recovery.how === 'open' ? 'open' : measured,
        reasons: [...reasons.failed, ...reasons.recovery],
      };
    },
    changeFailRate: ({ isFailed, isRollback, wentLive, reasons }) => {
      if (!wentLive) {
        return leftOut(...reasons.deployment);
      }
      if (isRollback) {
        return leftOut({
          code: 'is-rollback',
          text: 'It is a rollback, which the change fail rate leaves out',
        });
      }
      return isFailed
        ? { role: 'numerator', reasons: reasons.failed }
        : {
            role: 'counted',
            reasons: [
              { code: 'went-live', text: 'It went live and did not fail' },
            ],
          };
    },
    deploymentReworkRate: ({ countsAsDeployment, isRework, reasons }) => {
      if (!countsAsDeployment) {
        return leftOut(...reasons.deployment);
      }
      return isRework
        ? { role: 'numerator', reasons: reasons.rework }
        : {
            role: 'counted',
            reasons: [
              { code: 'planned', text: 'Nothing marks it as unplanned' },
            ],
          };
    },
    deploymentSuccessRate: ({ rollout, reasons }) => {
      if (rollout === 'succeeded') {
        return { role: 'numerator', reasons: reasons.deployment };
      }
      return rollout === 'failed'
        ? { role: 'counted', reasons: reasons.deployment }
        : leftOut(
            rollout === 'unknown'
              ? {
                  code: 'rollout-unknown',
                  text: 'Nothing is known of how its roll-out ended',
                }
              : {
                  code: 'rollout-cancelled',
                  text: 'Its roll-out was cancelled',
                },
          );
    },
  };

/**
 * What a deployment is to a metric, and why: the row behind a figure. A
 * deployment to an environment that is not of the tier asked for is left out of
 * all; `unknown` is never production.
 *
 * @param options - `tier`: of its environment; `asked`: production by default
 *
 * @public
 */
export function roleIn(options: {
  metric: DeliveryMetric;
  delivery: KeptDelivery;
  tier: EnvironmentTier;
  asked?: EnvironmentTier;
}): RoleInMetric {
  const { metric, delivery, tier, asked = 'production' } = options;
  if (tier !== asked) {
    return leftOut({
      code: tier === 'unknown' ? 'environment-unknown' : 'environment-other',
      text:
        tier === 'unknown'
          ? 'The tier of its environment is not configured'
          : `Its environment is of tier ${tier}`,
    });
  }
  return ROLES[metric](delivery);
}

function leftOut(...reasons: Reason[]): RoleInMetric {
  return { role: 'left-out', reasons };
}
