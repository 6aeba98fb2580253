import { DAY_MS } from '../delivery/range';
import type { Budgeting } from './budgeting';
import { durationOf, lengthOf } from './duration';
import type { OpenSlo, OpenSloObjective } from './openSlo';
import { refused, type Reading } from './reading';
import { SLOT_MS } from './slots';

/** The target of an objective, as a share. */
export function readTarget(objective: OpenSloObjective): Reading<number> {
  const { target, targetPercent } = objective;
  if (target !== undefined && targetPercent !== undefined) {
    return refused('either target or targetPercent is allowed, not both');
  }
  if (target !== undefined) {
    return { value: target };
  }
  return targetPercent === undefined
    ? refused('target or targetPercent is missing')
    : // 99.95 / 100 is not the number 0.9995 is.
      { value: Number((targetPercent / 100).toPrecision(15)) };
}

/** How an objective's budget is counted. */
export function readBudgeting(
  method: OpenSlo['budgetingMethod'],
  objective: OpenSloObjective,
): Reading<Budgeting> {
  if (method === 'Occurrences') {
    return { value: { method: 'occurrences' } };
  }
  const { timeSliceWindow, timeSliceTarget: sliceTarget } = objective;
  if (timeSliceWindow === undefined) {
    return refused(`timeSliceWindow is missing, which ${method} needs`);
  }
  const duration = durationOf(timeSliceWindow);
  const sliceMs = duration && lengthOf(duration);
  if (!sliceMs || sliceMs % SLOT_MS !== 0 || DAY_MS % sliceMs !== 0) {
    return refused(
      `slices of ${timeSliceWindow} are not measured: events are kept by five minutes; use a multiple that divides a day, e.g. 5m, 15m, 1h`,
      'timeSliceWindow',
    );
  }
  if (method === 'RatioTimeslices') {
    return { value: { method: 'ratioTimeslices', sliceMs } };
  }
  return sliceTarget === undefined
    ? refused(`timeSliceTarget is missing, which ${method} needs`)
    : { value: { method: 'timeslices', sliceMs, sliceTarget } };
}
