import { countsAsDeployment } from '../deployments/countsAsDeployment';
import type { Reason } from '../deployments/deployment';
import type { Delivery, DeliveryInput, RestoredBy } from './delivery';
import { leadOf } from './leadOf';
import { recoveryOf } from './recoveryOf';

/**
 * What the other deployments of its sequence say of one: `deliveriesOf` finds it.
 *
 * @public
 */
export interface DeliveryContext {
  /** Why it failed: reverts of its commits, and fixes within the look-back. */
  failures: Reason[];
  /** Why it is a fix, beyond its own marks. */
  mends: Reason[];
  /** What ended its failure, if it failed. */
  restoration?: { by: DeliveryInput; how: RestoredBy };
}

/**
 * Whether a deployment went live: it is one of D, or its roll-out served on
 * some targets and then failed or was cancelled on others.
 */
export function wentLive(deployment: DeliveryInput): boolean {
  return (
    countsAsDeployment(deployment).counts ||
    (deployment.live &&
      (deployment.rollout === 'failed' || deployment.rollout === 'cancelled'))
  );
}

/** Why a deployment failed; nothing where it did not, or never went live. */
export function failuresIn(
  deployment: DeliveryInput,
  failures: readonly Reason[],
): Reason[] {
  const own = deployment.outcome === 'failed' ? deployment.outcomeReasons : [];
  return wentLive(deployment) ? [...own, ...failures] : [];
}

/**
 * What one deployment adds to the delivery figures, with its reasons.
 *
 * @remarks Failed, rollback and rework are judged apart from each other: a
 * rollback may fail, and counts as rework; the change fail rate leaves it out.
 *
 * @public
 */
export function deliveryOf(
  deployment: DeliveryInput,
  context: DeliveryContext,
): Delivery {
  const { counts, reason } = countsAsDeployment(deployment);
  const { lead, reasons: leadReasons } = leadOf({ deployment, counts });
  const live = wentLive(deployment);
  const failed = failuresIn(deployment, context.failures);
  const rework = [...deployment.unplannedReasons, ...context.mends];
  const isFailed = failed.length > 0;
  const ended = isFailed
    ? recoveryOf({ deployment, restoration: context.restoration })
    : undefined;
  return {
    id: deployment.id,
    finishedAt: deployment.finishedAt,
    basis: deployment.basis,
    rollout: deployment.rollout,
    countsAsDeployment: counts,
    wentLive: live,
    isRollback: deployment.rollback !== undefined,
    isFailed,
    isRework: counts && rework.length > 0,
    isFirst: deployment.previous === undefined,
    lead,
    recovery: ended?.recovery,
    reasons: {
      deployment:
        live && !counts
          ? [
              reason,
              {
                code: 'live-in-part',
                text: 'It served on some of its targets',
              },
            ]
          : [reason],
      failed,
      rework: counts ? rework : [],
      lead: leadReasons,
      recovery: ended?.reasons ?? [],
    },
  };
}
