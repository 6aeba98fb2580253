import { budgetOf, rounded } from './budgeting';
import type { BurnCondition } from './burnWindows';
import { measureOf, type Measured, type Measure } from './measured';

/**
 * From which coverage on a window is relied on: of less, most of what is said
 * would be of what was not seen.
 *
 * @public
 */
export const MIN_WINDOW_COVERAGE = 0.5;

/** How fast the budget burns over one window. @public */
export interface Burn {
  /** Milliseconds. */
  windowMs: number;
  kind: Measure['kind'];
  /** 1 uses the budget up just in the period; absent without data. */
  burn?: number;
  /** Observed / expected slots. */
  coverage?: number;
  /** Its last slot is missing, or more than half: what it says is not relied on. */
  unknown: boolean;
}

/** @public */
export interface BurnConditionFigures extends BurnCondition {
  long: Burn;
  short: Burn;
  /** False where the factor is 1 / (1 − o) or more: not even all bad exceeds it. */
  canFire: boolean;
  /** `unknown` where a window is; it never means that it ended. */
  state: 'holds' | 'clear' | 'unknown';
}

/**
 * Burn over a window that ends at an instant: e / (1 − o), rounded to 12 digits
 * (metrics.md, "SLOs"). Without traffic, and in planned downtime, nothing burns.
 *
 * @param options - `to`: epoch milliseconds, end of the last slot that ought to
 * be there; `target`: o
 *
 * @public
 */
export function burnOf(options: {
  measured: Measured;
  target: number;
  windowMs: number;
  to: number;
}): Burn {
  const { measured, target, windowMs, to } = options;
  const { stepMs } = measured.points;
  // Slices in progress are left out: they are judged when they are over.
  const end = Math.floor(to / stepMs) * stepMs;
  const { kind, bad, total, coverage, silent } = measureOf(measured, {
    from: end - windowMs,
    to: end,
  });
  const burn = kind === 'measured' ? bad / total / budgetOf(target) : 0;
  return {
    windowMs,
    kind,
    ...(kind === 'no data' ? {} : { burn: rounded(burn) }),
    ...(coverage === undefined ? {} : { coverage }),
    unknown: silent || (coverage ?? 1) < MIN_WINDOW_COVERAGE,
  };
}

/**
 * One condition: it holds while the burn over its long and its short window
 * both exceed the factor.
 *
 * @public
 */
export function conditionOf(options: {
  measured: Measured;
  target: number;
  condition: BurnCondition;
  to: number;
}): BurnConditionFigures {
  const { condition, target } = options;
  const { longMs, shortMs, factor } = condition;
  const long = burnOf({ ...options, windowMs: longMs });
  const short = burnOf({ ...options, windowMs: shortMs });
  const known = !long.unknown && !short.unknown;
  const exceeds = ({ burn = 0 }: Burn) => burn > factor;
  const told = exceeds(long) && exceeds(short) ? 'holds' : 'clear';
  return {
    ...condition,
    long,
    short,
    canFire: factor < rounded(1 / budgetOf(target)),
    state: known ? told : 'unknown',
  };
}

/**
 * How long what is left of the budget lasts at a burn: of a rolling period
 * remaining · period / burn, as if nothing bad left it meanwhile. A calendar
 * period has the budget of the traffic so far, which grows as it burns: measured
 * · remaining / (burn − 1). Where only a part of the time was measured, what is
 * left is known of that part alone, and is what grows, of a rolling period too:
 * the same, if that is sooner.
 *
 * @param options - `burn`: absent where unknown; `remaining`: share of the
 * budget, absent where unknown; `expectedMs`: the period so far without planned
 * downtime, of a rolling one all of it; `measuredMs`: how much of that was
 * measured, all by default; `calendar`: now, and when the period ends, where it
 * is no rolling one
 * @returns milliseconds, 0 where it is used up; nothing where the burn is 1 or
 * less ("not at this rate") or unknown, or the period ends before
 *
 * @public
 */
export function exhaustionOf(options: {
  burn?: number;
  remaining?: number;
  expectedMs: number;
  measuredMs?: number;
  calendar?: { to: number; end: number };
}): number | undefined {
  const { burn, calendar, expectedMs, remaining } = options;
  const { measuredMs = expectedMs } = options;
  if (remaining !== undefined && remaining <= 0) {
    return 0;
  }
  if (remaining === undefined || burn === undefined || burn <= 1) {
    return undefined;
  }
  const grown = Math.floor((measuredMs * remaining) / (burn - 1));
  if (!calendar) {
    return Math.min(Math.floor((remaining * expectedMs) / burn), grown);
  }
  return grown <= calendar.end - calendar.to ? grown : undefined;
}
