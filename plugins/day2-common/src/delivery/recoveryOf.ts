import type { Reason } from '../deployments/deployment';
import type { DeliveryInput, Recovery, RestoredBy } from './delivery';
import { incidentFailureIn } from './incidentFailureIn';
import { MAX_SECONDS } from './leadOf';

/**
 * What ended a failure: a deployment, or the end of the incidents that one
 * caused which was to end it.
 *
 * @public
 */
export type RestorationOf =
  | { how: RestoredBy; by: DeliveryInput }
  | {
      how: 'incident';
      /** Epoch milliseconds. */
      restoredAt: number;
      incidentId: string;
      /** Of the deployment that caused it. */
      version: string;
    };

const WORDS: Record<RestoredBy, string> = {
  rollback: 'was put back',
  fix: 'mended it',
  'next-rollout': 'was the next roll-out that succeeded',
};

/**
 * How long the failure of a deployment lasted: by its incidents where it has
 * any, whatever else put it right.
 */
export function recoveryOf(options: {
  deployment: DeliveryInput;
  restoration?: RestorationOf;
}): { recovery: Recovery; reasons: Reason[] } {
  const { deployment, restoration } = options;
  const byIncidents = incidentFailureIn(deployment)?.recovery;
  if (byIncidents) {
    const { reasons, ...recovery } = byIncidents;
    return { recovery, reasons };
  }
  const failureStartedAt = deployment.finishedAt;
  if (!restoration) {
    return {
      recovery: { failureStartedAt, anomaly: false, how: 'open' },
      reasons: [
        {
          code: 'recovery-open',
          text: 'No healthy rollback and no fix of it is known yet',
        },
      ],
    };
  }
  const { how } = restoration;
  const restoredAt =
    how === 'incident' ? restoration.restoredAt : restoration.by.finishedAt;
  const exact = (restoredAt - failureStartedAt) / 1000;
  const seconds = Math.round(exact);
  const anomaly = exact < 0 || seconds > MAX_SECONDS;
  return {
    recovery: {
      failureStartedAt,
      restoredAt,
      ...(anomaly ? {} : { seconds }),
      anomaly,
      how,
      ...(how === 'incident'
        ? { incidentId: restoration.incidentId }
        : { restoredById: restoration.by.id }),
    },
    reasons: [
      {
        code: `restored-by-${how}`,
        text:
          how === 'incident'
            ? `${restoration.version}, which was to mend it, failed as well, until its incident was over`
            : `${restoration.by.version} ${WORDS[how]}`,
      },
      ...(anomaly
        ? [
            {
              code: 'negative-recovery',
              text: 'Left out, because it ended before the failure began',
            },
          ]
        : []),
    ],
  };
}
