import { DateTime, IANAZone } from 'luxon';
import { DAY_MS } from '../delivery/range';
import { durationOf, lengthOf, type DurationUnit } from './duration';
import type { ObjectivePeriod } from './objectivePeriod';
import type { OpenSloWindow } from './openSlo';
import { refused, type Reading } from './reading';
import { SLOT_MS } from './slots';

type Calendar = Extract<ObjectivePeriod, { kind: 'calendar' }>;

/** Of one of each: what luxon counts in, how many of it, and its nominal days. */
const CALENDAR: Partial<
  Record<DurationUnit, [unit: Calendar['unit'], count: number, days: number]>
> = {
  d: ['days', 1, 1],
  w: ['weeks', 1, 7],
  M: ['months', 1, 30],
  Q: ['months', 3, 90],
  Y: ['months', 12, 365],
};

/** Longest period: days. */
const MAX_DAYS = 366;

/** The period of an OpenSLO `timeWindow`. */
export function readPeriod(window: OpenSloWindow): Reading<ObjectivePeriod> {
  const { calendar, isRolling = calendar ? false : undefined } = window;
  const duration = durationOf(window.duration);
  if (!duration) {
    return refused(
      `${window.duration} is no duration; use e.g. 28d, 4w, 1M`,
      'duration',
    );
  }
  if (isRolling === undefined) {
    return refused('isRolling or a calendar is missing');
  }
  if (isRolling) {
    const lengthMs = lengthOf(duration);
    if (calendar) {
      return refused('a rolling window has no calendar', 'calendar');
    }
    return lengthMs === undefined
      ? refused(
          'a rolling window of months, quarters or years has no fixed length; use days, e.g. 30d',
          'duration',
        )
      : withinBounds({ kind: 'rolling', lengthMs });
  }
  if (!calendar) {
    return refused('a window that is not rolling needs a calendar');
  }
  const [unit, count, days] = CALENDAR[duration.unit] ?? [];
  if (!unit || !count || !days) {
    return refused(
      'a calendar window is of days, weeks, months, quarters or years',
      'duration',
    );
  }
  const { startTime, timeZone: zone } = calendar;
  if (!IANAZone.isValidZone(zone)) {
    return refused(
      `there is no time zone ${zone}; use an IANA name such as Europe/Berlin`,
      'calendar',
      'timeZone',
    );
  }
  // A date of YAML has the wall clock of the text as if it were of UTC.
  const text =
    typeof startTime === 'string'
      ? startTime.trim().replace(' ', 'T')
      : startTime.toISOString().slice(0, 19);
  const isWall = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text);
  const start = DateTime.fromISO(text, { zone });
  if (!isWall || !start.isValid) {
    return refused(
      'a time without a zone is needed, e.g. 2026-01-01 00:00:00',
      'calendar',
      'startTime',
    );
  }
  if (start.toMillis() % SLOT_MS !== 0) {
    return refused(
      'a period can only begin at a multiple of five minutes',
      'calendar',
      'startTime',
    );
  }
  return withinBounds({
    kind: 'calendar',
    lengthMs: duration.count * days * DAY_MS,
    unit,
    count: count * duration.count,
    start: text,
    zone,
  });
}

function withinBounds(period: ObjectivePeriod): Reading<ObjectivePeriod> {
  const { lengthMs } = period;
  return lengthMs >= DAY_MS &&
    lengthMs <= MAX_DAYS * DAY_MS &&
    lengthMs % SLOT_MS === 0
    ? { value: period }
    : refused(
        `a period is of one day up to ${MAX_DAYS}, in whole slots of five minutes`,
        'duration',
      );
}
