import type {
  DeliveryMetric,
  DeliveryRole,
} from '@day2/backstage-plugin-day2-common';

/** The figures in the order they are shown: DORA's five, and one beside them. */
export const metrics: DeliveryMetric[] = [
  'deploymentFrequency',
  'changeLeadTime',
  'failedDeploymentRecoveryTime',
  'changeFailRate',
  'deploymentReworkRate',
  'deploymentSuccessRate',
];

/**
 * What a deployment can be to a metric, first what somebody who opens the
 * figure looks for: of a fail rate what failed, of a success rate as well.
 */
export const rolesOf: Record<DeliveryMetric, DeliveryRole[]> = {
  deploymentFrequency: ['counted', 'left-out'],
  changeLeadTime: ['counted', 'left-out'],
  failedDeploymentRecoveryTime: ['counted', 'open', 'left-out'],
  changeFailRate: ['numerator', 'counted', 'left-out'],
  deploymentReworkRate: ['numerator', 'counted', 'left-out'],
  deploymentSuccessRate: ['counted', 'numerator', 'left-out'],
};
