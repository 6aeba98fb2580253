import type { TimeRange } from '../delivery/range';
import type { Budgeting } from './budgeting';
import { roundedSum } from './exactSum';
import { SLOT_MS, type SlotSeries } from './slots';
import { indexesOf, sumsOf } from './slotSums';

/** Slots made ready for figures by one objective's way of budgeting. @public */
export interface Measured {
  /** As observed, without those excluded. */
  slots: SlotSeries;
  /** What the budget counts: events by slot, or slices of time (total 1 each). */
  points: SlotSeries;
  /** Planned downtime. */
  excluded: TimeRange[];
}

/**
 * What is known of a range. `no traffic`: observed, and nothing happened.
 * `no data`: nothing is observed. `excluded`: all of it is planned downtime.
 *
 * @public
 */
export interface Measure {
  kind: 'measured' | 'no traffic' | 'no data' | 'excluded';
  /** Events, or slices of time. */
  bad: number;
  /** Events, or slices of time. */
  total: number;
  observedSlots: number;
  /** Slots of the range but those excluded. */
  expectedSlots: number;
  /** Observed / expected slots; absent where none is expected. */
  coverage?: number;
  /** The last slot expected is not observed: the source is silent. */
  silent: boolean;
}

/**
 * Slots as an objective counts them. A slice of time without traffic is good; of
 * a slice observed in part, that part tells; of one not observed nothing is known.
 *
 * @param options - `excluded`: planned downtime, out of every figure; a slot is
 * in it if it begins in it
 *
 * @public
 */
export function measuredOf(options: {
  slots: SlotSeries;
  budgeting: Budgeting;
  excluded?: TimeRange[];
}): Measured {
  const { budgeting, excluded = [] } = options;
  const slots =
    excluded.length > 0 ? withoutSlots(options.slots, excluded) : options.slots;
  const points =
    budgeting.method === 'occurrences' ? slots : slicesOf(slots, budgeting);
  return { slots, points, excluded };
}

/**
 * What is known of a range: of the slots, and slices, that begin in it.
 *
 * @public
 */
export function measureOf(measured: Measured, range: TimeRange): Measure {
  const slotSums = sumsOf(measured.slots, range);
  const { observed, quiet } = slotSums;
  // Summing exactly is most of the work, and most objectives count events.
  const { bad, total } =
    measured.points === measured.slots
      ? slotSums
      : sumsOf(measured.points, range);
  const { expected, last } = expectedIn(range, measured.excluded);
  const kindOfSilence = expected === 0 ? 'excluded' : 'no data';
  const kindOfSlots = quiet === observed ? 'no traffic' : 'measured';
  const { slots } = measured;
  return {
    kind: observed === 0 ? kindOfSilence : kindOfSlots,
    bad: roundedSum(bad),
    total: roundedSum(total),
    observedSlots: observed,
    expectedSlots: expected,
    ...(expected === 0 ? {} : { coverage: observed / expected }),
    silent:
      last !== undefined &&
      // Outside of the series is not a number either.
      Number.isNaN(slots.total[(last - slots.from) / SLOT_MS] ?? NaN),
  };
}

function withoutSlots(slots: SlotSeries, excluded: TimeRange[]): SlotSeries {
  const total = slots.total.slice();
  for (const range of excluded) {
    const { first, end } = indexesOf(slots, range);
    total.fill(NaN, first, end);
  }
  return { ...slots, total };
}

/** Counted by intervals, as a period has many more slots than those. */
function expectedIn(
  range: TimeRange,
  excluded: TimeRange[],
): { expected: number; last?: number } {
  const slotFrom = (at: number) => Math.ceil(at / SLOT_MS);
  const end = slotFrom(range.to);
  let expected = 0;
  let last: number | undefined;
  let at = slotFrom(range.from);
  const upTo = (until: number) => {
    if (until > at) {
      expected += until - at;
      last = (until - 1) * SLOT_MS;
    }
  };
  for (const each of [...excluded].sort((a, b) => a.from - b.from)) {
    if (each.from < each.to) {
      upTo(Math.min(slotFrom(each.from), end));
      at = Math.max(at, slotFrom(each.to));
    }
  }
  upTo(end);
  return { expected, ...(last === undefined ? {} : { last }) };
}

function slicesOf(
  slots: SlotSeries,
  budgeting: Exclude<Budgeting, { method: 'occurrences' }>,
): SlotSeries {
  const { sliceMs } = budgeting;
  const from = Math.floor(slots.from / sliceMs) * sliceMs;
  const to = slots.from + slots.total.length * SLOT_MS;
  const length = Math.ceil((to - from) / sliceMs);
  const slices: SlotSeries = {
    from,
    stepMs: sliceMs,
    bad: new Float64Array(length),
    total: new Float64Array(length).fill(NaN),
  };
  for (let index = 0; index < length; index += 1) {
    const start = from + index * sliceMs;
    const sums = sumsOf(slots, { from: start, to: start + sliceMs });
    if (sums.observed > 0) {
      const total = roundedSum(sums.total);
      const share = total === 0 ? 0 : roundedSum(sums.bad) / total;
      const isBad = (slice: { sliceTarget: number }) =>
        Number((1 - share).toFixed(12)) < slice.sliceTarget ? 1 : 0;
      slices.total[index] = 1;
      slices.bad[index] =
        budgeting.method === 'timeslices' ? isBad(budgeting) : share;
    }
  }
  return slices;
}
