import {
  budgetFiguresOf,
  measuredOf,
  periodAt,
  SLOT_MS,
  type Measure,
  type Measured,
  type Objective,
  type ObjectiveChart,
  type SlotSeries,
} from '@day2/backstage-plugin-day2-common';
import { iso, type Range } from '../http/range';

const MAX_POINTS = 800;

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
}): Pick<ObjectiveChart, 'stepSeconds' | 'points'> {
  const { objective, slots, range, knownTo } = options;
  const { target, period } = objective;
  const measured = measuredOf({ slots, budgeting: objective.budgeting });
  const sums = SumsUpTo.create(measured);
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
    return [{ at: iso(at), bad, total, remaining }];
  });
  return { stepSeconds: stepMs / 1000, points };
}

/** Sums of everything before each slot, and of slices if the budget is of such. */
class SumsUpTo {
  readonly #slots: RunningSums;
  readonly #points: RunningSums;

  private constructor(measured: Measured) {
    this.#slots = runningSums(measured.slots);
    this.#points =
      measured.points === measured.slots
        ? this.#slots
        : runningSums(measured.points);
  }

  static create(measured: Measured): SumsUpTo {
    return new SumsUpTo(measured);
  }

  ofSlots(range: Range) {
    return between(this.#slots, range);
  }

  /** As `measureOf` tells it, but for what a budget does not need. */
  ofPeriod(range: Range): Measure {
    const { observed, quiet } = between(this.#slots, range);
    const { bad, total } = between(this.#points, range);
    const kindOfSlots = quiet === observed ? 'no traffic' : 'measured';
    return {
      kind: observed === 0 ? 'no data' : kindOfSlots,
      bad,
      total,
      observedSlots: observed,
      expectedSlots: 0,
      silent: false,
    };
  }
}

interface RunningSums {
  from: number;
  stepMs: number;
  bad: Float64Array;
  total: Float64Array;
  observed: Uint32Array;
  quiet: Uint32Array;
}

function runningSums({ from, stepMs, bad, total }: SlotSeries): RunningSums {
  const { length } = total;
  const sums = {
    from,
    stepMs,
    bad: new Float64Array(length + 1),
    total: new Float64Array(length + 1),
    observed: new Uint32Array(length + 1),
    quiet: new Uint32Array(length + 1),
  };
  for (let at = 0; at < length; at += 1) {
    const isKnown = !Number.isNaN(total[at]);
    sums.bad[at + 1] = sums.bad[at] + (isKnown ? bad[at] : 0);
    sums.total[at + 1] = sums.total[at] + (isKnown ? total[at] : 0);
    sums.observed[at + 1] = sums.observed[at] + (isKnown ? 1 : 0);
    sums.quiet[at + 1] = sums.quiet[at] + (total[at] === 0 ? 1 : 0);
  }
  return sums;
}

/** Of what begins in a range. */
function between(sums: RunningSums, range: Range) {
  const indexOf = (at: number) =>
    Math.min(
      sums.total.length - 1,
      Math.max(0, Math.ceil((at - sums.from) / sums.stepMs)),
    );
  const [first, end] = [indexOf(range.from), indexOf(range.to)];
  const of = (all: Float64Array | Uint32Array) =>
    withoutNoise(all[end] - all[first]);
  return {
    bad: of(sums.bad),
    total: of(sums.total),
    observed: of(sums.observed),
    quiet: of(sums.quiet),
  };
}

/** Parts of events do not sum exactly; whole ones do. */
function withoutNoise(sum: number): number {
  return Number.isInteger(sum) ? sum : Math.max(0, Number(sum.toFixed(9)));
}
