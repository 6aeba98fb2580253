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
  let observed = 0;
  let quiet = 0;
  let bad = 0;
  let total = 0;
  let isWhole = true;
  for (let at = first; at < end; at += 1) {
    const ofSlot = series.total[at];
    if (!Number.isNaN(ofSlot)) {
      observed += 1;
      quiet += ofSlot === 0 ? 1 : 0;
      bad += series.bad[at];
      total += ofSlot;
      isWhole &&= ofSlot % 1 === 0 && series.bad[at] % 1 === 0;
    }
  }
  // Whole numbers sum exactly, and most are: nothing else is as quick.
  return isWhole && total <= Number.MAX_SAFE_INTEGER
    ? { bad: oneOf(bad), total: oneOf(total), observed, quiet }
    : { ...brokenSums(series, first, end), observed, quiet };
}

function brokenSums(
  series: SlotSeries,
  first: number,
  end: number,
): Pick<SlotSums, 'bad' | 'total'> {
  const bad: number[] = [];
  const total: number[] = [];
  for (let at = first; at < end; at += 1) {
    if (!Number.isNaN(series.total[at])) {
      bad.push(series.bad[at]);
      total.push(series.total[at]);
    }
  }
  return { bad: exactSumOf(bad), total: exactSumOf(total) };
}

function oneOf(sum: number): ExactSum {
  return sum === 0 ? [] : [sum];
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
