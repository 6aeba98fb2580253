import type { DeliveryInput, RestoredBy } from './delivery';
import type { FailureSigns } from './failuresOf';
import { incidentFailureIn } from './incidentFailureIn';

/**
 * What ended a failure: a deployment, by its position, or the end of the
 * incidents that the deployment at a position caused.
 */
export type Restoration =
  | { how: RestoredBy; at: number }
  | {
      how: 'incident';
      /** Epoch milliseconds. */
      restoredAt: number;
      incidentId: string;
      /** Of the deployment that caused it. */
      at: number;
    };

/**
 * For each failed deployment what ended its failure: the end of its incidents
 * where it has any; else the first in the sequence among the rollback across it,
 * the deployments marked as its fix, and where its roll-out had failed on some
 * targets, the next that succeeded.
 *
 * @remarks A rollback or a fix that failed itself is none: then what ended that
 * failure did.
 */
export function restorationsOf(options: {
  sequence: readonly DeliveryInput[];
  signs: readonly FailureSigns[];
  failed: readonly boolean[];
  byRollout: readonly boolean[];
}): (Restoration | undefined)[] {
  const { sequence, signs, failed, byRollout } = options;
  const found: (Restoration | undefined)[] = signs.map(() => undefined);
  // What ends a failure comes later than it, so the last is judged first.
  for (let at = signs.length - 1; at >= 0; at -= 1) {
    if (!failed[at]) {
      continue;
    }
    const own = incidentFailureIn(sequence[at])?.recovery;
    if (own) {
      const { restoredAt, incidentId } = own;
      found[at] =
        restoredAt === undefined
          ? undefined
          : { how: 'incident', restoredAt, incidentId, at };
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
    found[at] = candidates.reduce<Restoration | undefined>(
      (best, each) => (best && !isBefore(each, best, sequence) ? best : each),
      undefined,
    );
  }
  return found;
}

/** A failure of several images is over with the last of them; not while one lasts. */
export function lastRestoration(
  ends: readonly (Restoration | undefined)[],
  sequence: readonly DeliveryInput[],
): Restoration | undefined {
  const known = ends.flatMap(end => end ?? []);
  return known.length === ends.length
    ? known.reduce<Restoration | undefined>(
        (best, each) => (best && !isBefore(best, each, sequence) ? best : each),
        undefined,
      )
    : undefined;
}

/** Deployments by the sequence, which need not be that of their instants. */
function isBefore(
  a: Restoration,
  b: Restoration,
  sequence: readonly DeliveryInput[],
): boolean {
  const endOf = (each: Restoration) =>
    each.how === 'incident' ? each.restoredAt : sequence[each.at].finishedAt;
  return a.how === 'incident' || b.how === 'incident'
    ? endOf(a) < endOf(b)
    : a.at < b.at;
}
