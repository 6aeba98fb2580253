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
  /** It is a rollback: id of the deployment that it put an end to. */
  undoes?: string;
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
 * What each deployment spent of a period's budget (metrics.md, "SLOs"; ADR 16):
 * each slot belongs to the latest deployment that finished before the slot's end,
 * until the next, its recovery, or 6 h after its finish; that in which a rollback
 * finished belongs to what it undid. Its share is Σ max(0, e_t −
 * e_base) · total_t / ((1 − o) · total_P), where e_base is bad / total of the
 * hour before the slot in which it finished; a rollback is compared with what it
 * undid, as far as that lies in the hour. Of one without observed traffic in
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
  const terms = termsOf(sorted, points.stepMs);
  let unspent = usedPpm;
  const shares = sorted.map(({ id, ...deployment }): AttributedShare => {
    const { slots: own, base: compared } = terms.get(id)!;
    const before = measureOf(measured, compared);
    if (before.kind !== 'measured') {
      return { id, spentPpm: 0 };
    }
    const base = before.bad / before.total;
    const excess: number[] = [];
    for (const slots of own) {
      const { first, end } = indexesOf(points, {
        from: Math.max(slots.from, range.from),
        to: Math.min(
          slots.to,
          deployment.recoveredAt ?? Infinity,
          deployment.finishedAt + ATTRIBUTED_MS,
          range.to,
        ),
      });
      for (let at = first; at < end; at += 1) {
        const over = points.bad[at] - base * points.total[at];
        excess.push(over > 0 ? over : 0);
      }
    }
    const spent = (roundedSum(exactSumOf(excess)) / budget) * 1e6;
    // Within rounding: never more than there is.
    const spentPpm = Math.min(unspent, Math.floor(spent + 1e-6));
    unspent -= spentPpm;
    return { id, spentPpm, base };
  });
  return { usedPpm, shares, notAttributedPpm: unspent };
}

/** The slots that belong to a deployment, and the time that it is compared with. */
interface Term {
  slots: TimeRange[];
  base: TimeRange;
}

/** @param sorted - by their finishes */
function termsOf(
  sorted: readonly AttributedDeployment[],
  stepMs: number,
): Map<string, Term> {
  const startOf = (at: number) => Math.floor(at / stepMs) * stepMs;
  const reach = Math.max(BASE_MS, stepMs);
  const byId = new Map(sorted.map(each => [each.id, each]));
  const terms = new Map<string, Term>();
  // Slots in which rollbacks finished: they are of what the last of them undid.
  const undoneIn = new Map<number, string>();
  const turns = sorted
    .map(({ id, finishedAt, undoes }, order) => {
      const undone = byId.get(undoes ?? '');
      const slot = startOf(finishedAt);
      const isUndoing = undone !== undefined && slot < finishedAt;
      if (isUndoing) {
        undoneIn.set(slot, undone.id);
      }
      const from = isUndoing ? slot + stepMs : slot;
      const start = undone ? startOf(undone.finishedAt) : -Infinity;
      const base = { from: Math.max(from - reach, start), to: from };
      terms.set(id, { slots: [], base });
      return { id, from, order };
    })
    .sort((a, b) => a.from - b.from || a.order - b.order);
  turns.forEach(({ id, from }, index) => {
    const to = turns[index + 1]?.from ?? Infinity;
    let start = from;
    for (const slot of [...undoneIn.keys()].sort((a, b) => a - b)) {
      if (slot >= start && slot < to) {
        terms.get(id)!.slots.push({ from: start, to: slot });
        start = slot + stepMs;
      }
    }
    if (start < to) {
      terms.get(id)!.slots.push({ from: start, to });
    }
  });
  for (const [slot, id] of undoneIn) {
    terms.get(id)!.slots.push({ from: slot, to: slot + stepMs });
  }
  return terms;
}
