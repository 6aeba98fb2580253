import { DAY_MS } from '../delivery/range';
import { rounded } from './budgeting';
import { SLOT_MS } from './slots';

/** How urgent an alert is. @public */
export type BurnSeverity = 'page' | 'ticket';

/** One row of metrics.md's table: both windows must burn above the factor. @public */
export interface BurnCondition {
  severity: BurnSeverity;
  /** Milliseconds. */
  longMs: number;
  /** Milliseconds. */
  shortMs: number;
  /** Burn above which it holds: 1 uses the budget up just in the period. */
  factor: number;
}

const HOUR_MS = DAY_MS / 24;
const MINUTE_MS = HOUR_MS / 60;

/** For 30 days. `share` of the budget is used when the long window has burned so. */
const TABLE = [
  ['page', HOUR_MS, 5 * MINUTE_MS, 0.02],
  ['page', 6 * HOUR_MS, 30 * MINUTE_MS, 0.05],
  ['ticket', DAY_MS, 2 * HOUR_MS, 0.1],
  ['ticket', 3 * DAY_MS, 6 * HOUR_MS, 0.1],
] as const;

/**
 * The four conditions of a period, eight windows (metrics.md, "SLOs"). Of 28 and
 * 30 days the windows are those of the table, factor = share · period / long
 * window. Of any other period the factors are those of 30 days (14.4, 6, 3, 1)
 * and the windows scaled by period / 30 d. A window is rounded up to whole steps,
 * at least one, as nothing shorter is observed.
 *
 * @param options - `periodMs`, and `stepMs`: a slot (default) or the objective's slice
 *
 * @public
 */
export function burnConditionsOf(options: {
  periodMs: number;
  stepMs?: number;
}): BurnCondition[] {
  const { periodMs, stepMs = SLOT_MS } = options;
  const month = 30 * DAY_MS;
  const asIs = periodMs === month || periodMs === 28 * DAY_MS;
  const windowOf = (ms: number) => {
    const scaled = asIs ? ms : (ms * periodMs) / month;
    return Math.max(1, Math.ceil(rounded(scaled / stepMs))) * stepMs;
  };
  return TABLE.map(([severity, long, short, share]) => ({
    severity,
    longMs: windowOf(long),
    shortMs: windowOf(short),
    factor: rounded((share * (asIs ? periodMs : month)) / long),
  }));
}
