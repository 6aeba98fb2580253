import type {
  ObjectiveChart,
  ObjectiveRecord,
} from '@day2/backstage-plugin-day2-common';
import type { Answers } from '../src/__testUtils__/fakeApi';
import {
  anObjective,
  fourConditions,
} from '../src/__testUtils__/objectiveRecords';

const hour = 3_600_000;
const day = 24 * hour;

/** Objectives that live in the browser. */
export function fakeObjectives(options: {
  mood: () => string;
  guard: <T>(answer: () => T) => T;
}): Answers {
  const { guard, mood } = options;
  const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
  const asOf = () => ago(90_000);
  const empty = {
    reason: 'annotation-missing' as const,
    text: 'No OpenSLO file is known of this service.',
    fix: {
      text: 'Say where its objectives are written.',
      annotation: { key: 'day2/objectives', value: './slo.yaml' },
      docs: 'docs/objectives.md',
    },
  };
  const list = () => (mood() === 'empty' ? [] : objectives(ago));
  return {
    listServiceObjectives: () =>
      guard(() => ({
        items: list(),
        asOf: asOf(),
        empty: mood() === 'empty' ? empty : undefined,
      })),
    listObjectives: ({ query }) =>
      guard(() => ({
        items: list().filter(
          ({ displayName, state }) =>
            (!query?.state || state === query.state) &&
            (displayName ?? '')
              .toLowerCase()
              .includes((query?.text ?? '').toLowerCase()),
        ),
        asOf: asOf(),
        empty: mood() === 'empty' ? empty : undefined,
        facets: {
          owners: ['group:default/payments'],
          systems: ['system:default/payments'],
          states: { page: 1, ok: 1, unknown: 1, unmeasured: 1, invalid: 1 },
          total: 5,
        },
      })),
    getObjective: ({ params, query }) =>
      guard(() => ({
        objective: list().find(({ id }) => id === params.id) ?? anObjective(),
        asOf: asOf(),
        chart: chart({
          from: Date.parse(query?.from ?? ago(30 * day)),
          to: Date.parse(query?.to ?? ago(0)),
          ago,
        }),
      })),
  };
}

function objectives(ago: (ms: number) => string): ObjectiveRecord[] {
  const [page, fast, ticket, slow] = fourConditions();
  const asOf = ago(90_000);
  const period = {
    kind: 'rolling' as const,
    seconds: (30 * day) / 1000,
    from: ago(30 * day),
    to: ago(0),
    end: ago(0),
  };
  return [
    anObjective({
      period,
      asOf,
      description: 'A capture that the bank accepts is not lost.',
      state: 'page',
      exhaustedAt: ago(-9 * hour),
      conditions: [
        {
          ...page,
          state: 'holds',
          long: { ...page.long, burn: 22.4 },
          short: { ...page.short, burn: 31.2 },
        },
        { ...fast, long: { ...fast.long, burn: 5.1 } },
        {
          ...ticket,
          state: 'unknown',
          long: { seconds: 86_400, unknown: true },
        },
        slow,
      ],
    }),
    anObjective({
      id: 'obj-2',
      period,
      asOf,
      displayName: 'Captures answer within 300 ms',
      target: 0.9,
      attainment: { value: 0.981, unit: 'ratio', n: 4_200_000 },
      remaining: { value: 0.81, unit: 'ratio', n: 4_200_000 },
      conditions: [page, { ...fast, canFire: false }, ticket, slow],
      progress: 0.6,
      measuredFrom: ago(18 * day),
    }),
    anObjective({
      id: 'obj-3',
      period,
      asOf: ago(5 * hour),
      displayName: 'Refunds succeed',
      state: 'unknown',
      frozen: 'ok',
      why: {
        reason: 'source-unreachable',
        text: 'Prometheus ap-1 did not answer within 20 s.',
        since: ago(5 * hour),
        fix: { text: 'Check that the portal’s host can reach it.' },
      },
    }),
    anObjective({
      id: 'obj-4',
      displayName: 'Reports are ready by seven',
      state: 'unmeasured',
      measuredBy: undefined,
      period: undefined,
      conditions: [],
      attainment: { unit: 'ratio', n: 0, reason: 'Nothing was measured yet' },
      remaining: { unit: 'ratio', n: 0, reason: 'Nothing was measured yet' },
      spent: { unit: 'bad events', n: 0 },
      why: {
        reason: 'source-not-configured',
        text: 'No source measures it: its file names a Datadog.',
        fix: {
          text: 'Name a Prometheus that is configured.',
          docs: 'docs/prometheus.md',
        },
      },
    }),
    anObjective({
      id: 'obj-5',
      displayName: undefined,
      name: 'payments-api-latency-p99',
      state: 'invalid',
      target: undefined,
      period: undefined,
      indicator: undefined,
      measuredBy: undefined,
      conditions: [],
      invalid: {
        reason: 'target must be above 0 and below 1',
        path: 'spec.objectives[0].target',
      },
      remaining: { unit: 'ratio', n: 0 },
      attainment: { unit: 'ratio', n: 0 },
    }),
  ];
}

/** A budget that a release three days ago spent half of. */
function chart(options: {
  from: number;
  to: number;
  ago: (ms: number) => string;
}): ObjectiveChart {
  const { ago, from, to } = options;
  const step = Math.max(
    300_000,
    Math.ceil((to - from) / 300 / 300_000) * 300_000,
  );
  const bad = Date.now() - 3 * day;
  let remaining = 0.95;
  const points = [];
  for (let at = from; at < to; at += step) {
    const isBad = at >= bad && at < bad + 5 * hour;
    remaining -= isBad
      ? (0.48 * step) / (5 * hour)
      : (0.15 * step) / (to - from);
    const isKnown =
      at < from + (to - from) * 0.3 || at > from + (to - from) * 0.34;
    if (isKnown) {
      points.push({
        at: new Date(at).toISOString(),
        bad: isBad ? 900 : 12 + ((at / step) % 17),
        total: 50_000,
        remaining,
      });
    }
  }
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    stepSeconds: step / 1000,
    points,
    shares: ['2.195.0', '2.191.0'].map((version, index) => ({
      deploymentId: `dep-${5 + index * 4}`,
      serviceRef: 'component:default/payments-api',
      environment: 'production',
      version,
      finishedAt: ago((3 + index * 6) * day),
      spent: index === 0 ? 0.48 : 0.04,
    })),
    notAttributed: 0.16,
    used: 0.68,
  };
}
