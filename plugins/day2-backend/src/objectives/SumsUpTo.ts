import type {
  Measure,
  Measured,
  SlotSeries,
} from '@day2/backstage-plugin-day2-common';
import type { Range } from '../http/range';

/** Sums of everything before each slot, and of slices if the budget is of such. */
export class SumsUpTo {
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
