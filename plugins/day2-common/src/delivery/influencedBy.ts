import type { DeliveryInput } from './delivery';
import { LOOK_BACK_MS } from './lookBack';
import { tiesOf } from './ties';

/**
 * The positions whose delivery looks at the deployment at `at`, its own
 * included. While the sequence keeps its shape (`previous`, `rollback`), nothing
 * else can change with that deployment: not with its finish, roll-out, marks or
 * commits, as long as both the old and the new one are asked for.
 *
 * @remarks Back in time it reaches those it rolls back, the one it replaced,
 * those whose commits it reverts, and, through fixes of fixes, what a failed fix
 * was to mend. Forward it reaches only those that revert its commits: they are
 * rework because of it.
 *
 * @param options - `lookBackMs`: 24 h by default
 *
 * @public
 */
export function influencedBy(options: {
  sequence: readonly DeliveryInput[];
  at: number;
  lookBackMs?: number;
}): number[] {
  const { sequence, at } = options;
  const ties = tiesOf({
    sequence,
    lookBackMs: options.lookBackMs ?? LOOK_BACK_MS,
  });
  const found = new Set([at, ...ties.rolledBackBy(at), ...ties.passedBy(at)]);
  // A set that grows while it is walked is walked to its end.
  for (const place of found) {
    for (const each of [...ties.revertedBy(place), ...ties.fixedBy(place)]) {
      found.add(each);
    }
  }
  for (let later = at + 1; later < sequence.length; later += 1) {
    if (ties.revertedBy(later).includes(at)) {
      found.add(later);
    }
  }
  return [...found].sort((a, b) => a - b);
}
