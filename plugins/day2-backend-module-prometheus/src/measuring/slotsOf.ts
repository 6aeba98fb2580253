import { slotOf, type Slot } from '@day2/backstage-plugin-day2-common';

/**
 * Slots from what two queries counted. No sample of good or bad events beside a
 * live total is none of them: nothing of the kind has happened, so nobody has
 * made its series. No sample of the total is no data.
 */
export function slotsOf(options: {
  from: number;
  to: number;
  counts: 'good' | 'bad';
  events: Map<number, number>;
  total: Map<number, number>;
}): Slot[] {
  const { from, to, counts, events } = options;
  return [...options.total].flatMap(([at, total]) => {
    const slot = slotOf({ at, total, [counts]: events.get(at) ?? 0 });
    return slot && at >= from && at < to ? [slot] : [];
  });
}
