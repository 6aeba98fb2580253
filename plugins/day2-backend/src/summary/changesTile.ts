import {
  DAY_MS,
  type Tile,
  type WhyEmpty,
} from '@day2/backstage-plugin-day2-common';
import { iso, type Range } from '../http/range';

/** A line of more points than pixels says no more. */
const MAX_POINTS = 400;

/** Where the step begins that a day is in, or a later step; days since the epoch. */
type StartOf = (day: number, later: number) => number;

const starts: { atLeastDays: number; startOf: StartOf }[] = [
  { atLeastDays: 1, startOf: (day, later) => day + later },
  // The fourth day of the epoch was a Monday.
  {
    atLeastDays: 7,
    startOf: (day, later) => (Math.floor((day - 4) / 7) + later) * 7 + 4,
  },
  { atLeastDays: 28, startOf: monthOf },
];

/** What happened on a UTC day. */
export interface DayCounts {
  /** Days since the epoch. */
  day: number;
  deployments: number;
  failed: number;
  changes: number;
  emergencies: number;
}

/** The tile of changes: what happened in the range, in figures. */
export function changesTile(options: {
  days: DayCounts[];
  range: Range;
  /** Epoch milliseconds of the newest deployment or change in the range. */
  latestAt?: number;
  asOf?: number;
  /** Asked for where there is nothing. */
  whyEmpty?: WhyEmpty;
}): Tile {
  const { days, range } = options;
  const sum = (of: keyof DayCounts) =>
    days.reduce((total, day) => total + day[of], 0);
  const deployments = sum('deployments');
  const changes = sum('changes');
  const emergencies = sum('emergencies');
  const failed = sum('failed');
  const asOf = options.asOf === undefined ? undefined : iso(options.asOf);
  if (deployments + changes === 0) {
    return {
      state: 'empty',
      headline: 'No changes',
      figures: [],
      empty: options.whyEmpty,
      asOf,
    };
  }
  return {
    state: emergencies + failed > 0 ? 'attention' : 'ok',
    headline: counted(changes, 'change'),
    detail: [
      counted(deployments, 'deployment'),
      ...(emergencies > 0 ? [`${emergencies} urgent`] : []),
      ...(failed > 0 ? [`${failed} failed`] : []),
    ].join(', '),
    at: options.latestAt === undefined ? undefined : iso(options.latestAt),
    figures: [
      { value: deployments, unit: 'deployments', n: deployments },
      { value: changes, unit: 'changes', n: changes },
      { value: emergencies, unit: 'emergency changes', n: changes },
      { value: failed, unit: 'failed deployments', n: deployments },
    ],
    trend: trend(days, range),
    asOf,
  };
}

/**
 * One point for each UTC day of the range, the empty ones too; for each week
 * where that would be too many, and for each month where weeks would.
 */
function trend(days: DayCounts[], range: Range): NonNullable<Tile['trend']> {
  const first = Math.floor(range.from / DAY_MS);
  const last = Math.floor((range.to - 1) / DAY_MS);
  const startOf = starts.find(
    ({ atLeastDays }) => (last - first) / atLeastDays < MAX_POINTS - 1,
  )!.startOf;
  const values = new Map<number, number>();
  for (let day = first; day <= last; day = startOf(day, 1)) {
    values.set(startOf(day, 0), 0);
  }
  for (const { day, changes, deployments } of days) {
    const start = startOf(day, 0);
    if (values.has(start)) {
      values.set(start, values.get(start)! + changes + deployments);
    }
  }
  return [...values].map(([day, value]) => ({
    from: iso(day * DAY_MS),
    value,
  }));
}

function monthOf(day: number, later: number): number {
  const date = new Date(day * DAY_MS);
  return (
    Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later, 1) / DAY_MS
  );
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
