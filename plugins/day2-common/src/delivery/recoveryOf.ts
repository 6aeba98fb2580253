import type { Reason } from '../deployments/deployment';
import type { DeliveryInput, Recovery, RestoredBy } from './delivery';
import type { FailureSigns } from './failuresOf';
import { MAX_SECONDS } from './leadOf';

/** The deployment that ended a failure. */
export interface Restoration {
  at: number;
  how: RestoredBy;
}

const WORDS: Record<RestoredBy, string> = {
  rollback: 'was put back',
  fix: 'mended it',
  'next-rollout': 'was the next roll-out that succeeded',
};

/**
 * For each failed deployment which one ended its failure: the first in the
 * sequence among the rollback across it, the deployments marked as its fix, and
 * where its roll-out had failed on some targets, the next that succeeded.
 *
 * @remarks A rollback or a fix that failed itself is none: then what ended that
 * failure did.
 */
export function restorationsOf(options: {
  signs: readonly FailureSigns[];
  failed: readonly boolean[];
  byRollout: readonly boolean[];
}): (Restoration | undefined)[] {
  const { signs, failed, byRollout } = options;
  const found: (Restoration | undefined)[] = signs.map(() => undefined);
  // What ends a failure comes later than it, so the last is judged first.
  for (let at = signs.length - 1; at >= 0; at -= 1) {
    if (!failed[at]) {
      continue;
    }
    const { rollback, fixes, next } = signs[at];
    const named: Restoration[] = [
      ...(rollback === undefined
        ? []
        : [{ at: rollback, how: 'rollback' as const }]),
      ...fixes.map(fix => ({ at: fix, how: 'fix' as const })),
    ];
    const candidates = named.flatMap(each =>
      failed[each.at] ? found[each.at] ?? [] : each,
    );
    if (byRollout[at] && next !== undefined) {
      candidates.push({ at: next, how: 'next-rollout' });
    }
    // Of two words for one deployment the first named stands.
    found[at] = candidates.reduce<Restoration | undefined>(
      (best, each) => (best && best.at <= each.at ? best : each),
      undefined,
    );
  }
  return found;
}

/** How long the failure of a deployment lasted. */
export function recoveryOf(options: {
  deployment: DeliveryInput;
  restoration?: { by: DeliveryInput; how: RestoredBy };
}): { recovery: Recovery; reasons: Reason[] } {
  const { deployment, restoration } = options;
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
  const { by, how } = restoration;
  const exact = (by.finishedAt - failureStartedAt) / 1000;
  const seconds = Math.round(exact);
  const anomaly = exact < 0 || seconds > MAX_SECONDS;
  return {
    recovery: {
      failureStartedAt,
      restoredAt: by.finishedAt,
      ...(anomaly ? {} : { seconds }),
      anomaly,
      how,
      restoredById: by.id,
    },
    reasons: [
      { code: `restored-by-${how}`, text: `${by.version} ${WORDS[how]}` },
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
