import type { Tile, WhyEmpty } from '@day2/backstage-plugin-day2-common';
import { iso, type Range } from '../http/range';

const DAY_MS = 86_400_000;

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

/** One point for each UTC day of the range, the empty ones too. */
function trend(days: DayCounts[], range: Range): NonNullable<Tile['trend']> {
  const byDay = new Map(days.map(day => [day.day, day]));
  const points: NonNullable<Tile['trend']> = [];
  const last = Math.floor((range.to - 1) / DAY_MS);
  for (let day = Math.floor(range.from / DAY_MS); day <= last; day += 1) {
    const counts = byDay.get(day);
    points.push({
      from: iso(day * DAY_MS),
      value: (counts?.changes ?? 0) + (counts?.deployments ?? 0),
    });
  }
  return points;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
