import type { TimeRange } from '../delivery/range';
import { zoned } from '../delivery/range';
import { DateTime } from 'luxon';
import { SLOT_MS } from './slots';

/**
 * The period an objective's budget is for. `lengthMs` of a calendar one is
 * nominal (a month is 30 days, a quarter 90, a year 365) and only scales windows.
 *
 * @public
 */
export type ObjectivePeriod =
  | { kind: 'rolling'; lengthMs: number }
  | {
      kind: 'calendar';
      lengthMs: number;
      unit: 'days' | 'weeks' | 'months';
      count: number;
      /** Where periods are counted from, by the zone's clock, e.g. 2026-01-01T00:00:00. */
      start: string;
      /** IANA name. */
      zone: string;
    };

/**
 * The period an instant lies in, up to the end of the last whole slot. A
 * calendar period begins at the zone's wall clock, whatever clocks did since.
 *
 * @param options - `now`: epoch milliseconds
 * @returns `from` and `to` as far as observed, `end` of the whole of it; nothing
 * before the first
 * @throws InputError where there is no such zone
 *
 * @public
 */
export function periodAt(options: {
  period: ObjectivePeriod;
  now: number;
}): (TimeRange & { end: number }) | undefined {
  const { period, now } = options;
  const to = Math.floor(now / SLOT_MS) * SLOT_MS;
  if (period.kind === 'rolling') {
    return { from: to - period.lengthMs, to, end: to };
  }
  const { unit, count, zone } = period;
  const start = DateTime.fromISO(period.start, { zone });
  const startOf = (index: number) =>
    start.plus({ [unit]: index * count }).toMillis();
  const elapsed = zoned(zone)(now).diff(start, unit).as(unit);
  let index = Math.floor(elapsed / count);
  // Months that begin on a 31st are not what a difference counts.
  while (startOf(index) > now) {
    index -= 1;
  }
  while (startOf(index + 1) <= now) {
    index += 1;
  }
  return index < 0
    ? undefined
    : { from: startOf(index), to, end: startOf(index + 1) };
}
