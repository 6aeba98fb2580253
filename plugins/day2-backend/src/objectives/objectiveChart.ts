import {
  budgetFiguresOf,
  measuredOf,
  periodAt,
  SLOT_MS,
  type Objective,
  type ObjectiveChart,
  type SlotSeries,
} from '@day2/backstage-plugin-day2-common';
import { iso, type Range } from '../http/range';
import { SumsUpTo } from './SumsUpTo';

const MAX_POINTS = 800;
/** So much of a period may be missing from its beginning and it is whole. */
const MISSED = 0.01;

/** Steps of a chart: whole slots, at most 800 of them, from multiples of their length. */
export function stepsOf(range: Range): { stepMs: number; starts: number[] } {
  const stepMs =
    Math.max(
      1,
      Math.ceil((range.to - range.from) / SLOT_MS / (MAX_POINTS - 1)),
    ) * SLOT_MS;
  const starts: number[] = [];
  for (
    let at = Math.floor(range.from / stepMs) * stepMs;
    at < range.to;
    at += stepMs
  ) {
    starts.push(at);
  }
  return { stepMs, starts };
}

/**
 * What happened by steps, and what was left of the budget at each step's end,
 * of the period that it was then. A window is the difference of two sums up to
 * its ends, so that a step costs the same however long its period is.
 *
 * @param options - `slots`: of the range, and of the period before it;
 * `knownTo`: where steps end, the last of them maybe in its midst
 */
export function objectiveChart(options: {
  objective: Objective;
  slots: SlotSeries;
  range: Range;
  knownTo: number;
}): Pick<ObjectiveChart, 'stepSeconds' | 'points' | 'plannedDowntime'> {
  const { objective, slots, range, knownTo } = options;
  const { target, period } = objective;
  const measured = measuredOf({ ...objective, slots });
  const sums = SumsUpTo.create(measured);
  // Planned downtime is known, though it is out of the figures.
  const knownFrom = firstKnown(slots);
  const { stepMs, starts } = stepsOf(range);
  const points = starts.flatMap(at => {
    const end = Math.min(at + stepMs, knownTo);
    const happened = sums.ofSlots({ from: at, to: end });
    if (end <= at || happened.observed === 0) {
      return [];
    }
    const then = periodAt({ period, now: end });
    const measure = then && sums.ofPeriod(then);
    const { remaining } = measure
      ? budgetFiguresOf({ measure, target })
      : { remaining: undefined };
    const { bad, total } = happened;
    const isPartly =
      then !== undefined &&
      remaining !== undefined &&
      knownFrom > then.from + (end - then.from) * MISSED;
    return [
      {
        at: iso(at),
        bad,
        total,
        remaining,
        ...(isPartly ? { partly: true } : {}),
      },
    ];
  });
  return {
    stepSeconds: stepMs / 1000,
    points,
    plannedDowntime: (objective.excluded ?? [])
      .map(({ from, to }) => ({
        from: Math.max(from, range.from),
        to: Math.min(to, range.to),
      }))
      .filter(({ from, to }) => from < to)
      .map(({ from, to }) => ({ from: iso(from), to: iso(to) })),
  };
}

/** Start of the first slot of which anything is known; epoch milliseconds. */
function firstKnown({ from, stepMs, total }: SlotSeries): number {
  const first = total.findIndex(each => !Number.isNaN(each));
  return first < 0 ? Infinity : from + first * stepMs;
}
