import type {
  ObjectiveBurn,
  ObjectiveChart,
  ObjectiveCondition,
  ObjectiveRecord,
} from '@day2/backstage-plugin-day2-common';
import { hoursAgo } from './records';

const hour = 3600;

function aBurn(seconds: number, over: Partial<ObjectiveBurn> = {}) {
  return { seconds, burn: 0.4, coverage: 1, unknown: false, ...over };
}

export function aCondition(
  over: Partial<ObjectiveCondition> = {},
): ObjectiveCondition {
  return {
    severity: 'page',
    long: aBurn(hour),
    short: aBurn(300),
    factor: 14.4,
    canFire: true,
    state: 'clear',
    ...over,
  };
}

export function fourConditions(): ObjectiveCondition[] {
  return [
    aCondition(),
    aCondition({ long: aBurn(6 * hour), short: aBurn(1800), factor: 6 }),
    aCondition({
      severity: 'ticket',
      long: aBurn(24 * hour),
      short: aBurn(2 * hour),
      factor: 3,
    }),
    aCondition({
      severity: 'ticket',
      long: aBurn(72 * hour),
      short: aBurn(6 * hour),
      factor: 1,
    }),
  ];
}

export function anObjective(
  over: Partial<ObjectiveRecord> = {},
): ObjectiveRecord {
  return {
    id: 'obj-1',
    name: 'payments-api-availability',
    displayName: 'Card captures succeed',
    services: [
      { ref: 'component:default/payments-api', title: 'payments-api' },
    ],
    file: {
      path: 'slo/payments-api.yaml',
      line: 12,
      url: 'https://git.example/payments-api/blob/main/slo/payments-api.yaml',
    },
    target: 0.999,
    budgeting: 'occurrences',
    period: {
      kind: 'rolling',
      seconds: 30 * 24 * hour,
      from: hoursAgo(30 * 24),
      to: hoursAgo(0),
      end: hoursAgo(0),
    },
    indicator: {
      counts: 'bad',
      events: 'sum(rate(http_requests_total{code=~"5.."}[5m]))',
      total: 'sum(rate(http_requests_total[5m]))',
    },
    measuredBy: { source: 'prometheus:main', title: 'Prometheus main' },
    state: 'ok',
    attainment: { value: 0.99932, unit: 'ratio', n: 4_200_000, coverage: 1 },
    remaining: { value: 0.32, unit: 'ratio', n: 4_200_000, coverage: 1 },
    spent: { value: 2856, unit: 'bad events', n: 4_200_000, coverage: 1 },
    conditions: fourConditions(),
    measuredFrom: hoursAgo(33 * 24),
    asOf: hoursAgo(0.02),
    ...over,
  };
}

/** A day by the hour, with one of them unknown and a release that spent half. */
export function anObjectiveChart(
  over: Partial<ObjectiveChart> = {},
): ObjectiveChart {
  return {
    from: hoursAgo(24),
    to: hoursAgo(0),
    stepSeconds: hour,
    points: Array.from({ length: 24 }, (_, index) => ({
      at: hoursAgo(24 - index),
      bad: index === 21 ? 900 : 4,
      total: 50_000,
      remaining: index < 21 ? 0.9 - index * 0.005 : 0.32,
    })).filter((_, index) => index !== 6),
    shares: [
      {
        deploymentId: 'dep-1',
        serviceRef: 'component:default/payments-api',
        environment: 'production',
        version: '2.41.0',
        finishedAt: hoursAgo(3),
        spent: 0.5,
      },
    ],
    notAttributed: 0.18,
    used: 0.68,
    ...over,
  };
}
