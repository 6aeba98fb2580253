import type { Delivery, DeliveryInput } from './delivery';
import { deliveryOf, failuresIn } from './deliveryOf';
import { failuresOf } from './failuresOf';
import { LOOK_BACK_MS } from './lookBack';
import { restorationsOf } from './recoveryOf';

/**
 * The delivery of each deployment of one service in one environment, in the
 * order of the sequence.
 *
 * @remarks Until incidents are linked, failures are those that show themselves:
 * what a rollback undid, a roll-out that failed after it had served on some
 * targets, a deployment one of whose commits a later one reverts, one that a
 * posted fix names, and one that a marked fix replaced within the look-back.
 *
 * @param options - `sequence`: all of it, in order; `lookBackMs`: 24 h by default
 *
 * @public
 */
export function deliveriesOf(options: {
  sequence: readonly DeliveryInput[];
  lookBackMs?: number;
}): Delivery[] {
  const { sequence } = options;
  const signs = failuresOf({
    sequence,
    lookBackMs: options.lookBackMs ?? LOOK_BACK_MS,
  });
  const failures = sequence.map((deployment, at) =>
    failuresIn(deployment, signs[at].reasons),
  );
  const restorations = restorationsOf({
    signs,
    failed: failures.map(reasons => reasons.length > 0),
    byRollout: failures.map(reasons =>
      reasons.some(({ code }) => code === 'rollout-failed'),
    ),
  });
  return sequence.map((deployment, at) => {
    const restoration = restorations[at];
    return deliveryOf(deployment, {
      failures: signs[at].reasons,
      mends: signs[at].mends,
      restoration: restoration && {
        by: sequence[restoration.at],
        how: restoration.how,
      },
    });
  });
}
