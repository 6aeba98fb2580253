import { budgetOf, rounded } from './budgeting';
import type { Measure } from './measured';

/**
 * How an objective stands in its period. Shares are of 1, used may exceed it.
 *
 * @public
 */
export interface BudgetFigures {
  kind: Measure['kind'];
  /** 1 − bad / total; absent without traffic and without data. */
  attainment?: number;
  /** What may be bad of what there was: events, or slices of time. */
  budget?: number;
  /** What was bad: events, or slices of time. */
  spent?: number;
  /** Budget less spent; negative where overspent. */
  left?: number;
  /** Share of the budget that is used: 1.2 is 120 %. */
  used?: number;
  /** 1 − used. */
  remaining?: number;
  /** Observed / expected slots of the period. */
  coverage?: number;
}

/**
 * Attainment and budget (metrics.md, "SLOs"): e = bad / total, used =
 * e / (1 − o), remaining = 1 − used, rounded to 12 digits. Without traffic
 * nothing is used; of no data nothing is said.
 *
 * @param options - `target`: o, from 0 up and below 1
 *
 * @public
 */
export function budgetFiguresOf(options: {
  measure: Measure;
  target: number;
}): BudgetFigures {
  const { kind, bad, total, coverage } = options.measure;
  const known = coverage === undefined ? {} : { coverage };
  if (kind === 'no data' || kind === 'excluded') {
    return { kind, ...known };
  }
  if (kind === 'no traffic') {
    // Slices of time there may be, all of them good.
    const budget = rounded(budgetOf(options.target) * total);
    const of = { budget, spent: 0, left: budget, used: 0, remaining: 1 };
    return { kind, ...of, ...known };
  }
  const share = bad / total;
  const used = rounded(share / budgetOf(options.target));
  const budget = rounded(budgetOf(options.target) * total);
  return {
    kind,
    attainment: Number((1 - share).toFixed(12)),
    budget,
    spent: bad,
    left: rounded(budget - bad),
    used,
    remaining: Number((1 - used).toFixed(12)),
    ...known,
  };
}
