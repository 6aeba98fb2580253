import type { Figure } from '../figures';
import { calendarOf, type DeliveryCalendar } from './calendar';
import { QUARTER_MS } from './cell';
import type { FiguresInput } from './figuresOf';
import { minimumN } from './minimumN';
import { partsOf, type Numbers } from './numbers';
import { quantileOf } from './quantile';
import { zoned } from './range';
import type { DeliveryFigure } from './scoreboard';
import { times } from './times';

const NOTHING = 'Insufficient data: no deployment recorded';

/**
 * Deployments a day, and beside it the median number of days with a deployment
 * per whole week. Days are the calendar's in the zone, as far as they have come.
 */
export function frequencyOf(input: FiguresInput): DeliveryFigure {
  const { cell, knownSince } = input;
  const { deployments, rolloutsUnsaid } = cell.counts;
  const { from } = input.range;
  const calendar = input.calendar ?? calendarOf(input);
  const known =
    deployments > 0 || (knownSince !== undefined && knownSince < from);
  const unsaid = times(rolloutsUnsaid, 'deployment');
  return {
    metric: 'deploymentFrequency',
    factor: 'throughput',
    figure: daily({ input, calendar, known }),
    beside: [
      { name: 'daysPerWeek', figure: weekly({ input, calendar, known }) },
    ],
    leftOut:
      rolloutsUnsaid === 0
        ? []
        : [
            {
              code: 'rollout-unknown',
              text: `${unsaid} of which nobody said how it ended`,
            },
          ],
  };
}

interface Parts {
  input: FiguresInput;
  calendar: DeliveryCalendar;
  /** There is something to count, or was before the range. */
  known: boolean;
}

function daily({ input, calendar, known }: Parts): Figure {
  const { deployments: n, rolloutsUnsaid } = input.cell.counts;
  const { knownSince, zone } = input;
  const { come, days } = calendar;
  const all = n + rolloutsUnsaid;
  const base: Figure = {
    unit: 'deployments per day',
    n,
    coverage: all === 0 ? undefined : n / all,
  };
  if (!known) {
    return { ...base, reason: NOTHING };
  }
  if (days < minimumN.days) {
    const had = times(n, 'deployment');
    const hours = times(Math.floor((come.to - come.from) / 3600_000), 'hour');
    return {
      ...base,
      reason: `Insufficient data: ${had} in ${hours}, a day is needed`,
    };
  }
  const value = n / days;
  return knownSince === undefined || knownSince <= come.from
    ? { ...base, value }
    : {
        ...base,
        value,
        reason: `Nothing is recorded before ${zoned(zone)(
          knownSince,
        ).toISODate()}`,
      };
}

function weekly({ input, calendar, known }: Parts): Figure {
  const n = calendar.wholeWeeks.length;
  const base: Figure = { unit: 'days per week', n };
  if (!known) {
    return { ...base, reason: NOTHING };
  }
  if (n < minimumN.p50) {
    const had = times(n, 'whole week');
    return {
      ...base,
      reason: `Insufficient data: ${had}, ${minimumN.p50} are needed`,
    };
  }
  const days = daysInWeeks(input.cell.quarters, calendar.wholeWeeks);
  return { ...base, value: quantileOf(days, 'p50') };
}

/** Of each week on how many of its days something was deployed, sorted. */
function daysInWeeks(
  quarters: Numbers,
  weeks: DeliveryCalendar['wholeWeeks'],
): number[] {
  // Every zone's days begin at a quarter of an hour.
  const [first, end] = [weeks[0][0], weeks[weeks.length - 1][7]].map(at =>
    Math.ceil(at / QUARTER_MS),
  );
  const has = new Uint8Array(end - first);
  for (const part of partsOf(quarters)) {
    for (let at = 0; at < part.length; at += 1) {
      if (first <= part[at] && part[at] < end) {
        has[part[at] - first] = 1;
      }
    }
  }
  const isIn = (from: number, to: number) =>
    has
      .subarray(
        Math.ceil(from / QUARTER_MS) - first,
        Math.ceil(to / QUARTER_MS) - first,
      )
      .includes(1);
  return weeks
    .map(
      ([start, ...ends]) =>
        ends.filter((to, day) => isIn(day === 0 ? start : ends[day - 1], to))
          .length,
    )
    .sort((a, b) => a - b);
}
