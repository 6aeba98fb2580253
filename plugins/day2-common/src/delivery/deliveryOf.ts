import { countsAsDeployment } from '../deployments/countsAsDeployment';
import type { Reason } from '../deployments/deployment';
import { incidentReworkOf } from '../incidents/incidentFailures';
import { cutReasons } from './cutReasons';
import type { Delivery, DeliveryInput } from './delivery';
import { incidentFailureIn } from './incidentFailureIn';
import { leadOf } from './leadOf';
import { recoveryOf, type RestorationOf } from './recoveryOf';

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
  restoration?: RestorationOf;
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
): { signs: Reason[]; incidents: Reason[] } {
  if (!wentLive(deployment)) {
    return { signs: [], incidents: [] };
  }
  const own = deployment.outcome === 'failed' ? deployment.outcomeReasons : [];
  return {
    signs: [...own, ...failures],
    incidents: incidentFailureIn(deployment)?.reasons ?? [],
  };
}

/**
 * What one deployment adds to the delivery figures, with its reasons.
 *
 * @remarks Failed, rollback and rework are judged apart from each other: a
 * rollback may fail, and counts as rework; the change fail rate leaves it out.
 * An incident fails a deployment beside whatever else does, and several fail it
 * once; how long it lasted is then by its incidents alone.
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
  const { signs, incidents } = failuresIn(deployment, context.failures);
  const { caused = [], mended = [] } = deployment.incidents ?? {};
  const marks = [...deployment.unplannedReasons, ...context.mends];
  const rework = [
    ...marks,
    ...cutReasons(incidentReworkOf(mended), 'incidents'),
  ];
  const isFailed = signs.length + incidents.length > 0;
  const isRework = counts && rework.length > 0;
  const ended = isFailed
    ? recoveryOf({ deployment, restoration: context.restoration })
    : undefined;
  const onlySuspected = caused.every(({ state }) => state === 'suspected');
  return {
    id: deployment.id,
    finishedAt: deployment.finishedAt,
    basis: deployment.basis,
    rollout: deployment.rollout,
    countsAsDeployment: counts,
    wentLive: live,
    isRollback: deployment.rollback !== undefined,
    isFailed,
    isRework,
    isFirst: deployment.previous === undefined,
    lead,
    recovery: ended?.recovery,
    suspected: {
      failed: isFailed && signs.length === 0 && onlySuspected,
      rework:
        isRework &&
        marks.length === 0 &&
        mended.every(({ state }) => state === 'suspected'),
      recovery: isFailed && caused.length > 0 && onlySuspected,
    },
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
      failed: [...signs, ...incidents],
      rework: counts ? rework : [],
      lead: leadReasons,
      recovery: ended?.reasons ?? [],
    },
  };
}
