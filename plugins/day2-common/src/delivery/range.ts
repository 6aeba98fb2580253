import { InputError } from '@backstage/errors';
import { DateTime, IANAZone } from 'luxon';

/** Half-open, `[from, to)`: epoch milliseconds. @public */
export interface TimeRange {
  from: number;
  to: number;
}

/** An ISO week, or the part of it that lies in the range asked for. @public */
export interface WeekRange extends TimeRange {
  /** E.g. `2026-W13`. */
  name: string;
  /** All of it lies in the range. */
  whole: boolean;
}

/** Milliseconds of a UTC day. @public */
export const DAY_MS = 24 * 3600_000;

/**
 * Where to read what a range covers: whole UTC days from cells (days since
 * 1970, `[first, end)`), the rest from rows.
 *
 * @public
 */
export interface ReadPlan {
  days?: { first: number; end: number };
  edges: TimeRange[];
}

/** The UTC day of an instant: days since 1970. @public */
export function utcDayOf(at: number): number {
  return Math.floor(at / DAY_MS);
}

/** How a range is read: cells where a UTC day lies in it whole, rows at its edges. @public */
export function readPlanOf(range: TimeRange): ReadPlan {
  const { from, to } = range;
  if (to <= from) {
    return { edges: [] };
  }
  const first = Math.ceil(from / DAY_MS);
  const end = Math.floor(to / DAY_MS);
  if (end <= first) {
    return { edges: [{ from, to }] };
  }
  const edges = [
    { from, to: first * DAY_MS },
    { from: end * DAY_MS, to },
  ].filter(edge => edge.from < edge.to);
  return { days: { first, end }, edges };
}

/**
 * The days of a range by the calendar of a zone: a week of 167 or 169 hours, in
 * which clocks are changed, has seven.
 *
 * @param options - `zone`: an IANA name, UTC by default
 * @throws InputError where there is no such zone
 *
 * @public
 */
export function daysOf(options: TimeRange & { zone?: string }): number {
  const { from, to } = options;
  const inZone = zoned(options.zone);
  return inZone(to).diff(inZone(from), 'days').days;
}

/**
 * The ISO weeks (Monday to Sunday in the zone) that a range touches, first and
 * last cut to it.
 *
 * @throws InputError where there is no such zone
 *
 * @public
 */
export function weeksOf(options: TimeRange & { zone?: string }): WeekRange[] {
  const { from, to } = options;
  const weeks: WeekRange[] = [];
  if (to <= from) {
    return weeks;
  }
  let start = zoned(options.zone)(from).startOf('week');
  while (start.toMillis() < to) {
    const end = start.plus({ weeks: 1 });
    weeks.push({
      name: start.toFormat("kkkk-'W'WW"),
      from: Math.max(from, start.toMillis()),
      to: Math.min(to, end.toMillis()),
      whole: from <= start.toMillis() && end.toMillis() <= to,
    });
    start = end;
  }
  return weeks;
}

/**
 * The period of the same length that ends where the range begins: as many days
 * of the zone's calendar where the range is of whole days, else as many hours.
 *
 * @throws InputError where there is no such zone
 *
 * @public
 */
export function periodBefore(
  options: TimeRange & { zone?: string },
): TimeRange {
  const { from, to } = options;
  const days = daysOf(options);
  return {
    from: Number.isInteger(days)
      ? zoned(options.zone)(from).minus({ days }).toMillis()
      : from - (to - from),
    to: from,
  };
}

/** Instants as a zone's calendar has them. @throws InputError where there is no such zone */
export function zoned(zone: string = 'utc'): (at: number) => DateTime {
  if (zone.toLowerCase() !== 'utc' && !IANAZone.isValidZone(zone)) {
    throw new InputError(
      `There is no time zone ${zone}; use an IANA name such as Europe/Berlin`,
    );
  }
  return at => DateTime.fromMillis(at, { zone });
}
