import {
  isMoreThanAll,
  slotOf,
  SLOT_MS,
  type Slot,
} from '@day2/backstage-plugin-day2-common';
import type { CountUnit } from '../promql/countedRange';

/** Slots that were counted, and why there are none of some. */
export interface CountedSlots {
  slots: Slot[];
  /** What is wrong with what was counted in some of them. */
  oddness?: string;
}

/**
 * Slots from what two queries counted. No sample of good or bad events beside a
 * live total is none of them: nothing of the kind has happened, so nobody has
 * made its series. No sample of the total is no data, nor is a slot with more good
 * events than there are in all.
 */
export function slotsOf(options: {
  from: number;
  to: number;
  counts: 'good' | 'bad';
  events: Map<number, number>;
  total: Map<number, number>;
  unit?: CountUnit;
}): CountedSlots {
  const { from, to, counts, events, unit } = options;
  const oneEvent = unit === 'events a second' ? 1000 / SLOT_MS : 1;
  const slots: Slot[] = [];
  let isOdd = false;
  for (const [at, total] of options.total) {
    const counted = events.get(at) ?? 0;
    const slot = slotOf({ at, total, [counts]: counted, oneEvent });
    if (at >= from && at < to) {
      if (slot) {
        slots.push(slot);
      } else if (
        counts === 'good' &&
        total >= 0 &&
        isMoreThanAll({ good: counted, total, oneEvent })
      ) {
        isOdd = true;
      }
    }
  }
  return {
    slots,
    ...(isOdd
      ? {
          oddness:
            'more good than all: its query of good counts more events than that of total, so such slots have no data. Both must count the same events, in one unit, each series once',
        }
      : {}),
  };
}
