import type {
  DeliveryFigure,
  DeliveryMetric,
  DeliveryRecord,
  Figure,
  Scoreboard,
  ScoreboardRow,
} from '@day2/backstage-plugin-day2-common';
import { hoursAgo } from './records';

const seconds = (value: number, n: number): Figure => ({
  value,
  unit: 'seconds',
  n,
  coverage: 1,
});
const ratio = (value: number, n: number): Figure => ({
  value,
  unit: 'ratio',
  n,
  coverage: 1,
});

const values: Record<DeliveryMetric, [now: Figure, before: Figure]> = {
  deploymentFrequency: [
    { value: 0.8, unit: 'deployments per day', n: 24 },
    { value: 0.4, unit: 'deployments per day', n: 12 },
  ],
  changeLeadTime: [seconds(14_400, 61), seconds(28_800, 40)],
  failedDeploymentRecoveryTime: [
    {
      unit: 'seconds',
      n: 2,
      reason: 'Insufficient data: 2 recoveries, 3 are needed',
    },
    { unit: 'seconds', n: 0, reason: 'Insufficient data: no recovery' },
  ],
  changeFailRate: [{ ...ratio(0.125, 24), coverage: 0.96 }, ratio(0.1, 10)],
  deploymentReworkRate: [ratio(0.2, 25), ratio(0.2, 10)],
  deploymentSuccessRate: [ratio(0.96, 26), ratio(0.9, 11)],
};

export function aDeliveryFigure(
  metric: DeliveryMetric,
  over: Partial<DeliveryFigure> = {},
): DeliveryFigure {
  const [figure, previous] = values[metric];
  const by = (figure.value ?? 0) - (previous.value ?? 0);
  const moreIsBetter =
    metric === 'deploymentFrequency' || metric === 'deploymentSuccessRate';
  const moved = by > 0 === moreIsBetter ? 'better' : 'worse';
  return {
    metric,
    factor: 'throughput',
    figure,
    beside:
      metric === 'failedDeploymentRecoveryTime'
        ? [
            {
              name: 'open',
              figure: { value: 1, unit: 'failed deployments', n: 1 },
            },
            {
              name: 'oldestOpen',
              figure: { value: 7_200, unit: 'seconds', n: 1 },
            },
          ]
        : [],
    leftOut: [],
    previous,
    change:
      figure.value === undefined || previous.value === undefined
        ? undefined
        : { by, direction: by === 0 ? 'same' : moved },
    survey:
      metric === 'changeLeadTime'
        ? { betterThanPercent: 75.4, of: 'own-value' }
        : undefined,
    trend: [1, 2, 3, 4].map(week => ({
      week: `2026-W4${week}`,
      from: hoursAgo((5 - week) * 168),
      to: hoursAgo((4 - week) * 168),
      whole: week > 1,
      figure:
        week === 2
          ? { unit: figure.unit, n: 1, reason: 'Insufficient data: 1' }
          : { ...figure, n: 6 },
    })),
    ...over,
  };
}

export function aScoreboardRow(
  over: Partial<ScoreboardRow> = {},
): ScoreboardRow {
  return {
    grouping: 'team',
    ref: 'group:default/payments',
    title: 'Payments',
    services: 3,
    hidden: 0,
    membershipAssumed: false,
    figures: (Object.keys(values) as DeliveryMetric[]).map(metric =>
      aDeliveryFigure(metric),
    ),
    ...over,
  };
}

export function aScoreboard(over: Partial<Scoreboard> = {}): Scoreboard {
  return {
    from: hoursAgo(30 * 24),
    to: hoursAgo(0),
    zone: 'UTC',
    comparedWith: { from: hoursAgo(60 * 24), to: hoursAgo(30 * 24) },
    environments: ['production'],
    grouping: 'team',
    membership: 'then',
    total: aScoreboardRow({
      grouping: 'organisation',
      ref: undefined,
      title: 'Everything',
      services: 12,
    }),
    ungrouped: 0,
    items: [aScoreboardRow()],
    asOf: hoursAgo(0.01),
    ...over,
  };
}

export function aDeliveryRecord(
  over: Partial<DeliveryRecord> = {},
): DeliveryRecord {
  return {
    deploymentId: 'dep-7',
    serviceRef: 'component:default/payments-api',
    environment: 'production',
    version: '2.40.0',
    previousVersion: '2.39.4',
    finishedAt: hoursAgo(90),
    metric: 'changeFailRate',
    role: 'numerator',
    reasons: [
      { code: 'rolled-back', text: 'It was rolled back after 38 min.' },
    ],
    ...over,
  };
}
