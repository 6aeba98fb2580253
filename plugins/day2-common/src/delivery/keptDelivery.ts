import type { Delivery, DeliveryLead } from './delivery';

/**
 * A delivery as it is kept: of the commits that it brought only how long each
 * took, and how many were left out. A figure and its rows need no more.
 *
 * @public
 */
export interface KeptDelivery extends Omit<Delivery, 'lead'> {
  lead: Omit<DeliveryLead, 'commits' | 'anomalies'> & {
    /** Shortest first. */
    commits: readonly { readonly seconds: number }[];
    anomalies: { readonly length: number };
  };
}

/**
 * What is kept of a delivery. The same delivery gives the same JSON, so that
 * what is kept can be compared.
 *
 * @public
 */
export function keptDeliveryOf(delivery: KeptDelivery): KeptDelivery {
  const { lead, recovery, reasons } = delivery;
  return {
    id: delivery.id,
    finishedAt: delivery.finishedAt,
    basis: delivery.basis,
    rollout: delivery.rollout,
    countsAsDeployment: delivery.countsAsDeployment,
    wentLive: delivery.wentLive,
    isRollback: delivery.isRollback,
    isFailed: delivery.isFailed,
    isRework: delivery.isRework,
    isFirst: delivery.isFirst,
    lead: {
      commits: lead.commits.map(({ seconds }) => ({ seconds })),
      anomalies: { length: lead.anomalies.length },
      merges: lead.merges,
      earlier: lead.earlier,
      expected: lead.expected,
      measured: lead.measured,
    },
    recovery: recovery && {
      failureStartedAt: recovery.failureStartedAt,
      restoredAt: recovery.restoredAt,
      seconds: recovery.seconds,
      anomaly: recovery.anomaly,
      how: recovery.how,
      restoredById: recovery.restoredById,
      incidentId: recovery.incidentId,
    },
    suspected: {
      failed: delivery.suspected.failed,
      rework: delivery.suspected.rework,
      recovery: delivery.suspected.recovery,
    },
    reasons: {
      deployment: reasons.deployment,
      failed: reasons.failed,
      rework: reasons.rework,
      lead: reasons.lead,
      recovery: reasons.recovery,
    },
  };
}
