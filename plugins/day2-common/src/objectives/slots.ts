import { InputError } from '@backstage/errors';
import type { TimeRange } from '../delivery/range';

/** Milliseconds of a slot: events are kept by five minutes of UTC. @public */
export const SLOT_MS = 5 * 60_000;

/** Slots of a UTC day. @public */
export const SLOTS_A_DAY = 288;

/** What happened in one slot: events, `0 <= bad <= total`, not always whole numbers. @public */
export interface Slot {
  /** Its start: epoch milliseconds, a multiple of `SLOT_MS`. */
  at: number;
  bad: number;
  /** 0: the series lives and there was no traffic. */
  total: number;
}

/**
 * Slots, or slices of time, that follow each other. A total that is not a
 * number is one of which nothing is known (no data), as are all outside.
 *
 * @public
 */
export interface SlotSeries {
  /** Start of the first: epoch milliseconds. */
  from: number;
  /** Milliseconds of each. */
  stepMs: number;
  bad: Float64Array;
  total: Float64Array;
}

/** Whether something is a count of events that can be kept. */
export function isCount(value: number): boolean {
  return value >= 0 && value <= Number.MAX_SAFE_INTEGER;
}

/** So much more good events than all are two series that were read at two instants. */
const SKEW = 0.01;

/**
 * Whether there are more good events than all by more than a hundredth, and by
 * more than one: what is counted as good is then of another kind, in another unit,
 * or counted twice, and no share of the total.
 *
 * @param options - `oneEvent`: what one is in the unit of the counts, 1 by default
 *
 * @public
 */
export function isMoreThanAll(options: {
  good: number;
  total: number;
  oneEvent?: number;
}): boolean {
  const { good, total, oneEvent = 1 } = options;
  return good - total > Math.max(oneEvent, total * SKEW);
}

/**
 * A slot from what a source counted. Good events a little above the total are none
 * bad, bad ones above it are the total: two series are never read at one instant.
 *
 * @returns nothing where a count is missing, negative or not finite, or there are
 * more good events than all: no data
 *
 * @public
 */
export function slotOf(options: {
  at: number;
  good?: number;
  bad?: number;
  total: number;
  /** What one event is in the unit of the counts, 1 by default. */
  oneEvent?: number;
}): Slot | undefined {
  const { at, good, total, oneEvent } = options;
  const bad = options.bad ?? (good === undefined ? NaN : total - good);
  if (!isCount(total) || !Number.isFinite(bad) || (options.bad ?? good)! < 0) {
    return undefined;
  }
  if (
    options.bad === undefined &&
    isMoreThanAll({ good: good!, total, oneEvent })
  ) {
    return undefined;
  }
  return { at, bad: Math.min(Math.max(0, bad), total), total };
}

/** A series of which nothing is known, of the slots that begin in a range. @public */
export function emptySeries(range: TimeRange): SlotSeries {
  const from = Math.ceil(range.from / SLOT_MS) * SLOT_MS;
  const length = Math.max(0, Math.ceil((range.to - from) / SLOT_MS));
  return {
    from,
    stepMs: SLOT_MS,
    bad: new Float64Array(length),
    total: new Float64Array(length).fill(NaN),
  };
}

/**
 * The slots of a range in their order; those outside are left out.
 *
 * @throws InputError where one begins between slots or is not `0 <= bad <= total`
 *
 * @public
 */
export function seriesOf(
  options: TimeRange & { slots: Iterable<Slot> },
): SlotSeries {
  const series = emptySeries(options);
  for (const { at, bad, total } of options.slots) {
    if (at % SLOT_MS !== 0 || !isCount(bad) || !isCount(total) || bad > total) {
      throw new InputError(
        `A slot begins at a multiple of five minutes and has 0 <= bad <= total, not ${bad} of ${total} at ${at}`,
      );
    }
    keepLarger(series, (at - series.from) / SLOT_MS, bad, total);
  }
  return series;
}

/**
 * Parts of one series (days of it, fetches that overlap) as one, in whatever
 * order they come. Where two know a slot, the one with more events is kept: a
 * slot read too early lacks some, none has too many.
 *
 * @public
 */
export function joinSeries(
  options: TimeRange & { parts: Iterable<SlotSeries> },
): SlotSeries {
  const series = emptySeries(options);
  for (const { from, bad, total } of options.parts) {
    const shift = (from - series.from) / SLOT_MS;
    total.forEach((all, index) => {
      if (!Number.isNaN(all)) {
        keepLarger(series, index + shift, bad[index], all);
      }
    });
  }
  return series;
}

function keepLarger(
  series: SlotSeries,
  index: number,
  bad: number,
  total: number,
): void {
  if (index < 0 || index >= series.total.length) {
    return;
  }
  const [isBad, isTotal] = [series.bad[index], series.total[index]];
  // Not a number is never above: what is unknown gives way.
  if (!(isTotal > total || (isTotal === total && isBad >= bad))) {
    series.bad[index] = bad;
    series.total[index] = total;
  }
}
