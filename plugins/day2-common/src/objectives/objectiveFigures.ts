import type { TimeRange } from '../delivery/range';
import { budgetFiguresOf, type BudgetFigures } from './budgetFigures';
import type { Budgeting } from './budgeting';
import { conditionOf, exhaustionOf, type BurnConditionFigures } from './burnOf';
import { burnConditionsOf, type BurnSeverity } from './burnWindows';
import { measuredOf, measureOf } from './measured';
import { periodAt, type ObjectivePeriod } from './objectivePeriod';
import { SLOT_MS, type SlotSeries } from './slots';

/** Worst first but for `unknown`, which may hide any. @public */
export type ObjectiveWord =
  | BurnSeverity
  | 'exhausted'
  | 'ok'
  | 'no traffic'
  | 'unknown';

/** What is kept of one look for the next. @public */
export interface ObjectiveState {
  state: ObjectiveWord;
  /** What it was when last known, where it is `unknown` and was known before. */
  frozen?: Exclude<ObjectiveWord, 'unknown'>;
  /** By condition, whether its alert is on; one that is unknown stays as it was. */
  firing: boolean[];
}

/** @public */
export interface ObjectiveFigures extends ObjectiveState {
  /** The period as far as it is over, and when it ends. */
  period: TimeRange & { end: number };
  budget: BudgetFigures;
  /** In the order of the table. */
  conditions: BurnConditionFigures[];
  /** Milliseconds until the budget is used up at the burn of the first long window. */
  exhaustionMs?: number;
}

/**
 * All figures of one objective at an instant (metrics.md, "SLOs").
 *
 * @param options - `now`: epoch milliseconds, end of the last slot that ought
 * to be there; `before`: of the last look; `excluded`: planned downtime
 * @returns nothing before the first calendar period
 *
 * @public
 */
export function objectiveFiguresOf(options: {
  slots: SlotSeries;
  target: number;
  budgeting: Budgeting;
  period: ObjectivePeriod;
  now: number;
  before?: ObjectiveState;
  excluded?: TimeRange[];
}): ObjectiveFigures | undefined {
  const { target, now } = options;
  const period = periodAt(options);
  if (!period) {
    return undefined;
  }
  const periodMs = options.period.lengthMs;
  const measured = measuredOf(options);
  const measure = measureOf(measured, period);
  const budget = budgetFiguresOf({ measure, target });
  const { stepMs } = measured.points;
  const conditions = burnConditionsOf({ periodMs, stepMs }).map(condition =>
    conditionOf({ measured, target, condition, to: now }),
  );
  const { burn, unknown } = conditions[0].long;
  const exhaustionMs = exhaustionOf({
    burn: unknown ? undefined : burn,
    remaining: budget.remaining,
    expectedMs: measure.expectedSlots * SLOT_MS,
    measuredMs: measure.observedSlots * SLOT_MS,
    ...(options.period.kind === 'calendar' ? { calendar: period } : {}),
  });
  return {
    period,
    budget,
    conditions,
    ...(exhaustionMs === undefined ? {} : { exhaustionMs }),
    ...objectiveStateOf({ budget, conditions, before: options.before }),
  };
}

/**
 * The state of an objective. An alert is on while its condition holds; where
 * that is unknown it stays as it was, so silence never turns anything green, nor
 * red. A condition that can never fire tells nothing.
 *
 * @public
 */
export function objectiveStateOf(options: {
  budget: BudgetFigures;
  conditions: BurnConditionFigures[];
  before?: ObjectiveState;
}): ObjectiveState {
  const { budget, conditions, before } = options;
  const firing = conditions.map(({ state }, index) =>
    state === 'unknown' ? before?.firing[index] ?? false : state === 'holds',
  );
  const worstOf = (on: (index: number) => boolean) =>
    (['page', 'ticket'] as const).find(severity =>
      conditions.some((each, index) => each.severity === severity && on(index)),
    );
  const held = worstOf(index => conditions[index].state === 'holds');
  const silent =
    budget.kind === 'no data' ||
    conditions.some(each => each.canFire && each.state === 'unknown');
  // Nothing is worse than a page: whatever is unknown cannot hide more.
  if (silent && held !== 'page') {
    const was = before?.state === 'unknown' ? before.frozen : before?.state;
    const frozen = worstOf(index => firing[index]) ?? was;
    return { state: 'unknown', ...(frozen ? { frozen } : {}), firing };
  }
  const exhausted = (budget.remaining ?? 1) <= 0 ? 'exhausted' : undefined;
  const quiet = budget.kind === 'measured' ? 'ok' : 'no traffic';
  return { state: held ?? exhausted ?? quiet, firing };
}
