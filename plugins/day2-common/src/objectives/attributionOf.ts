import type { TimeRange } from '../delivery/range';
import { budgetOf } from './budgeting';
import { exactSumOf, roundedSum } from './exactSum';
import { measureOf, type Measured } from './measured';
import { indexesOf } from './slotSums';

/** For how long after its finish a deployment may be what burns: milliseconds. @public */
export const ATTRIBUTED_MS = 6 * 3600_000;

/** How far back the share of bad events before a deployment is looked for: milliseconds. @public */
export const BASE_MS = 3600_000;

/** A deployment of the service. @public */
export interface AttributedDeployment {
  id: string;
  /** Epoch milliseconds. */
  finishedAt: number;
  /** When what it did was over (rolled back, mitigated): epoch milliseconds. */
  recoveredAt?: number;
}

/** What one deployment spent of the budget. @public */
export interface AttributedShare {
  id: string;
  /** Millionths of the period's budget, rounded down. */
  spentPpm: number;
  /** Share of bad events in the hour before it; absent where nothing is known of it. */
  base?: number;
}

/** @public */
export interface Attribution {
  /** Millionths of the budget used in the period, rounded: all below sum to it. */
  usedPpm: number;
  /** In the order of their finishes. */
  shares: AttributedShare[];
  /** What no deployment explains, with what rounding left: millionths. */
  notAttributedPpm: number;
}

/**
 * What each deployment spent of a period's budget (metrics.md, "SLOs"): each slot
 * belongs to the latest deployment that finished before the slot's end, until
 * the next, its recovery, or 6 h after its finish. Its share is Σ max(0, e_t −
 * e_base) · total_t / ((1 − o) · total_P), where e_base is bad / total of the
 * hour before the slot in which it finished. Of one without observed traffic in
 * that hour nothing is attributed: there is nothing to compare with.
 *
 * @remarks Shares are rounded down to millionths of the budget, and what is left
 * of the whole is not attributed, so that the parts always sum to what was used.
 *
 * @param options - `range`: the period; `deployments`: in any order, also those
 * up to 6 h before the period
 * @returns nothing where the period has no data or no traffic
 *
 * @public
 */
export function attributionOf(options: {
  measured: Measured;
  target: number;
  range: TimeRange;
  deployments: AttributedDeployment[];
}): Attribution | undefined {
  const { measured, target, range } = options;
  const { kind, bad, total } = measureOf(measured, range);
  if (kind !== 'measured') {
    return undefined;
  }
  const { points } = measured;
  const budget = budgetOf(target) * total;
  const usedPpm = Math.round((bad / budget) * 1e6);
  const sorted = [...options.deployments].sort(
    (a, b) => a.finishedAt - b.finishedAt || (a.id < b.id ? -1 : 1),
  );
  let unspent = usedPpm;
  const shares = sorted.map((deployment, index): AttributedShare => {
    const { id, finishedAt, recoveredAt = Infinity } = deployment;
    const startOf = (at: number) =>
      Math.floor(at / points.stepMs) * points.stepMs;
    const from = startOf(finishedAt);
    const next = sorted[index + 1]?.finishedAt ?? Infinity;
    const own = {
      from: Math.max(from, range.from),
      to: Math.min(
        startOf(next),
        recoveredAt,
        finishedAt + ATTRIBUTED_MS,
        range.to,
      ),
    };
    const before = measureOf(measured, {
      from: from - Math.max(BASE_MS, points.stepMs),
      to: from,
    });
    if (before.kind !== 'measured') {
      return { id, spentPpm: 0 };
    }
    const base = before.bad / before.total;
    const excess: number[] = [];
    const { first, end } = indexesOf(points, own);
    for (let at = first; at < end; at += 1) {
      const over = points.bad[at] - base * points.total[at];
      excess.push(over > 0 ? over : 0);
    }
    const spent = (roundedSum(exactSumOf(excess)) / budget) * 1e6;
    // Within rounding: never more than there is.
    const spentPpm = Math.min(unspent, Math.floor(spent + 1e-6));
    unspent -= spentPpm;
    return { id, spentPpm, base };
  });
  return { usedPpm, shares, notAttributedPpm: unspent };
}
