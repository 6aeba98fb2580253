import type { TimeRange } from '../delivery/range';
import { exactSumOf, joinSums, type ExactSum } from './exactSum';
import { SLOT_MS, type SlotSeries } from './slots';

/**
 * What slots sum to: of a day, of a period, of many series. Exact, so the same
 * in whatever order and by whatever brackets they are summed.
 *
 * @public
 */
export interface SlotSums {
  /** Events. */
  bad: ExactSum;
  /** Events. */
  total: ExactSum;
  /** Slots of which something is known; `observedSeconds` has them as seconds. */
  observed: number;
  /** Those of them without traffic. */
  quiet: number;
}

/** Sums of the slots that begin in a range, by default of all. @public */
export function sumsOf(series: SlotSeries, range?: TimeRange): SlotSums {
  const { first, end } = indexesOf(series, range);
  const bad: number[] = [];
  const total: number[] = [];
  let quiet = 0;
  for (let at = first; at < end; at += 1) {
    if (!Number.isNaN(series.total[at])) {
      bad.push(series.bad[at]);
      total.push(series.total[at]);
      quiet += series.total[at] === 0 ? 1 : 0;
    }
  }
  return {
    bad: exactSumOf(bad),
    total: exactSumOf(total),
    observed: total.length,
    quiet,
  };
}

/** The sum of sums; of none nothing was observed. @public */
export function addSlotSums(sums: Iterable<SlotSums>): SlotSums {
  const all = [...sums];
  const count = (name: 'observed' | 'quiet') =>
    all.reduce((sum, each) => sum + each[name], 0);
  return {
    bad: joinSums(all.map(each => each.bad)),
    total: joinSums(all.map(each => each.total)),
    observed: count('observed'),
    quiet: count('quiet'),
  };
}

/** For how many seconds something is known. @public */
export function observedSeconds(sums: SlotSums): number {
  return (sums.observed * SLOT_MS) / 1000;
}

/** Which of a series begin in a range, `[first, end)`. */
export function indexesOf(
  series: SlotSeries,
  range?: TimeRange,
): { first: number; end: number } {
  const { from, stepMs, total } = series;
  const indexOf = (at: number) =>
    Math.min(total.length, Math.max(0, Math.ceil((at - from) / stepMs)));
  return range
    ? { first: indexOf(range.from), end: indexOf(range.to) }
    : { first: 0, end: total.length };
}
