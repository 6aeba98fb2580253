import type {
  DeliveryMetric,
  DeliveryRole,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';

/**
 * Keeps those rows from being read that cannot have the role asked for. What
 * role one has is told by `roleIn` alone: this lets more through, never less.
 */
export function mayHaveRole(
  query: Knex.QueryBuilder,
  asked: { metric: DeliveryMetric; role?: DeliveryRole },
): void {
  const { metric, role } = asked;
  if (role === undefined || role === 'left-out') {
    return;
  }
  switch (metric) {
    case 'deploymentFrequency':
      query.where('delivery.counts', true);
      break;
    case 'changeLeadTime':
      query.where('delivery.lead_commits', '>', 0);
      break;
    case 'failedDeploymentRecoveryTime':
      query.whereNotNull('delivery.recovery');
      break;
    case 'changeFailRate':
      query.where('delivery.went_live', true);
      if (role === 'numerator') {
        query.where('delivery.is_failed', true);
      }
      break;
    case 'deploymentReworkRate':
      query.where('delivery.counts', true);
      if (role === 'numerator') {
        query.where('delivery.is_rework', true);
      }
      break;
    default:
      break;
  }
}
