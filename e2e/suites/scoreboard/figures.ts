import type { DeliveryMetric } from '@day2/backstage-plugin-day2-common';
import type { TrueDelivery } from './truth';
import { wallClock } from './clock';

const DAY = 24 * 3_600_000;
const WEEK = 7 * DAY;

/** A range `[from, to)`, epoch milliseconds. */
export interface TrueRange {
  from: number;
  to: number;
  zone: string;
}

/** A figure as it should be: a value, or why there is none. */
export interface TrueFigure {
  metric: DeliveryMetric;
  /** Deployments a day, seconds, or a share. */
  value?: number;
  reason?: string;
  n: number;
  beside: { name: string; value?: number }[];
}

/** The figures of some deliveries in a range. */
export function figuresIn(all: TrueDelivery[], range: TrueRange): TrueFigure[] {
  const { from, to } = range;
  const within = all.filter(
    ({ finishedAt }) => from <= finishedAt && finishedAt < to,
  );
  const d = within.filter(({ counts }) => counts);
  const changes = within.filter(each => wentLive(each) && !each.isRollback);
  const failed = within.filter(({ failures }) => failures.length > 0);
  const lead = d.flatMap(({ leadSeconds }) => leadSeconds);
  const recovery = failed.flatMap(each => recoverySeconds(each) ?? []);
  const ended = within.filter(({ rollout }) =>
    ['succeeded', 'failed'].includes(rollout),
  );
  return [
    frequency(all, d, range),
    times('changeLeadTime', lead, 'commit', 'commits'),
    withOpen(
      times('failedDeploymentRecoveryTime', recovery, 'recovery', 'recoveries'),
      failed.filter(({ restored }) => !restored).length,
    ),
    share(
      'changeFailRate',
      changes.filter(({ failures }) => failures.length > 0).length,
      changes.length,
      'change',
    ),
    share(
      'deploymentReworkRate',
      d.filter(({ rework }) => rework.length > 0).length,
      d.length,
      'deployment',
    ),
    share(
      'deploymentSuccessRate',
      ended.filter(({ rollout }) => rollout === 'succeeded').length,
      ended.length,
      'roll-out',
    ),
  ];
}

/** It served: also where its roll-out failed on a further target. */
export function wentLive({ counts, live }: TrueDelivery): boolean {
  return counts || live;
}

/** How long a failure lasted; nothing where it is open, or ended before it began. */
export function recoverySeconds({
  finishedAt,
  failedFrom = finishedAt,
  restored,
}: TrueDelivery): number | undefined {
  const seconds = restored && (restored.by.finishedAt - failedFrom) / 1000;
  return seconds === undefined || seconds < 0 ? undefined : Math.round(seconds);
}

/** Of sorted numbers: the middle, of an even count the mean of the two there. */
export function medianOf(sorted: number[]): number | undefined {
  const { length } = sorted;
  return length === 0
    ? undefined
    : (sorted[Math.ceil(length / 2) - 1] + sorted[Math.floor(length / 2)]) / 2;
}

function frequency(
  all: TrueDelivery[],
  d: TrueDelivery[],
  { from, to, zone }: TrueRange,
): TrueFigure {
  const wall = wallClock(zone);
  const isKnown =
    d.length > 0 || all.some(({ finishedAt }) => finishedAt < from);
  const mondays: number[] = [];
  // 1970 began on a Thursday.
  const first = Math.ceil((wall(from) + 3 * DAY) / WEEK) * WEEK - 3 * DAY;
  for (let monday = first; monday + WEEK <= wall(to); monday += WEEK) {
    mondays.push(monday);
  }
  const days = new Set(
    d.map(({ finishedAt }) => Math.floor(wall(finishedAt) / DAY)),
  );
  const perWeek = mondays
    .map(
      monday =>
        [...days].filter(
          day => monday <= day * DAY && day * DAY < monday + WEEK,
        ).length,
    )
    .sort((a, b) => a - b);
  return {
    metric: 'deploymentFrequency',
    n: d.length,
    ...(isKnown
      ? { value: d.length / ((wall(to) - wall(from)) / DAY) }
      : { reason: 'Insufficient data: no deployment recorded' }),
    beside: [
      {
        name: 'daysPerWeek',
        value: isKnown && mondays.length >= 3 ? medianOf(perWeek) : undefined,
      },
    ],
  };
}

function times(
  metric: DeliveryMetric,
  seconds: number[],
  noun: string,
  nouns: string,
): TrueFigure {
  const sorted = [...seconds].sort((a, b) => a - b);
  const n = sorted.length;
  // Nearest rank, from so many on that it is not simply the largest.
  const rank = (hundredths: number, least: number) =>
    n < least ? undefined : sorted[Math.ceil((n * hundredths) / 100) - 1];
  return {
    metric,
    n,
    ...(n < 3
      ? { reason: tooFew(n, 3, noun, nouns) }
      : { value: medianOf(sorted) }),
    beside: [
      { name: 'p75', value: rank(75, 4) },
      { name: 'p90', value: rank(90, 10) },
    ],
  };
}

function withOpen(figure: TrueFigure, open: number): TrueFigure {
  return {
    ...figure,
    beside: [...figure.beside, { name: 'open', value: open }],
  };
}

function share(
  metric: DeliveryMetric,
  of: number,
  n: number,
  noun: string,
): TrueFigure {
  return {
    metric,
    n,
    ...(n < 5 ? { reason: tooFew(n, 5, noun, `${noun}s`) } : { value: of / n }),
    beside: [],
  };
}

function tooFew(n: number, needed: number, noun: string, nouns: string) {
  const had = n === 0 ? `no ${noun}` : `${n} ${n === 1 ? noun : nouns}`;
  return `Insufficient data: ${had}, ${needed} are needed`;
}
