import { daysOf, weeksOf, zoned, type TimeRange } from './range';

/**
 * The days and weeks of a range in a zone. Finding them takes longer than all
 * else about a figure: of many groups in one range they are found once.
 *
 * @public
 */
export interface DeliveryCalendar {
  /** The range as far as it has come. */
  come: TimeRange;
  /** Days of it by the zone's calendar. */
  days: number;
  /** Of each whole week in it: when each of its days begins, and its end. */
  wholeWeeks: number[][];
}

/**
 * The calendar that `figuresOf` counts by.
 *
 * @param options - `zone`: UTC by default; `now`: what lies after it has not
 * happened yet
 * @throws InputError where there is no such zone
 *
 * @public
 */
export function calendarOf(options: {
  range: TimeRange;
  zone?: string;
  now: number;
}): DeliveryCalendar {
  const { zone, now } = options;
  const { from } = options.range;
  const come = { from, to: Math.min(options.range.to, Math.max(now, from)) };
  const inZone = zoned(zone);
  return {
    come,
    days: daysOf({ ...come, zone }),
    wholeWeeks: weeksOf({ ...come, zone })
      .filter(({ whole }) => whole)
      .map(week =>
        [0, 1, 2, 3, 4, 5, 6, 7].map(day =>
          inZone(week.from).plus({ days: day }).toMillis(),
        ),
      ),
  };
}
