import type {
  DeliveryMetric,
  ScoreboardRow,
} from '@day2/backstage-plugin-day2-common';
import {
  aDeliveryFigure,
  aDeliveryRecord,
  aScoreboard,
  aScoreboardRow,
} from '../src/__testUtils__/deliveryRecords';
import type { Answers } from '../src/__testUtils__/fakeApi';

const hour = 3_600_000;
const teams = ['Checkout', 'Identity', 'Ledger', 'Payments', 'Warehouse'];
const reasons = [
  'It was rolled back after 38 min.',
  'A later deployment brought a commit that reverts one of its own.',
  'A deployment marked as a hotfix replaced it within 24 hours.',
];

const kindOf = {
  team: 'group',
  system: 'system',
  domain: 'domain',
  service: 'component',
  organisation: 'group',
};

/** A scoreboard that lives in the browser. */
export function fakeDelivery(options: {
  mood: () => string;
  guard: <T>(answer: () => T) => T;
}): Answers {
  const { guard, mood } = options;
  const ago = (hours: number) =>
    new Date(Date.now() - hours * hour).toISOString();
  const scope = (
    query: { from?: string; to?: string; zone?: string } = {},
  ) => ({
    from: query.from ?? ago(720),
    to: query.to ?? ago(0),
    zone: query.zone ?? 'UTC',
    environments: ['production', 'production-eu'],
    asOf: ago(0.004),
  });
  return {
    getScoreboard: ({ query }) =>
      guard(() => {
        const grouping = query?.groupBy ?? 'team';
        const names =
          grouping === 'service'
            ? ['checkout', 'ledger', 'payments-api']
            : teams;
        const items = names.map((title, index) =>
          row({
            seed: index,
            grouping,
            ref: `${kindOf[grouping]}:default/${title.toLowerCase()}`,
            title,
            hidden: index === 2 ? 2 : 0,
            membershipAssumed: index === 3,
          }),
        );
        const total = aScoreboard().total;
        return {
          ...aScoreboard(),
          ...scope(query),
          grouping,
          total: {
            ...row({ seed: 9 }),
            ...total,
            figures: figures(9),
            hidden: 2,
          },
          items:
            mood() === 'empty'
              ? []
              : (grouping === 'organisation' && [total]) || items,
        };
      }),
    getServiceDelivery: ({ params, query }) =>
      guard(() => ({
        ...scope(query),
        row: row({
          seed: mood() === 'empty' ? 1 : 3,
          grouping: 'service',
          ref: `component:default/${params.name}`,
          title: params.name,
          services: 1,
        }),
      })),
    listDeliveryRecords: ({ query }) =>
      guard(() => ({
        asOf: ago(0.004),
        membership: 'then' as const,
        hidden: 2,
        items: Array.from({ length: query?.role === 'left-out' ? 0 : 7 }).map(
          (_, index) =>
            aDeliveryRecord({
              deploymentId: `dep-${index * 19 + 4}`,
              metric: query?.metric,
              role: query?.role ?? (index % 2 ? 'counted' : 'numerator'),
              finishedAt: ago(20 + index * 71),
              version: `2.${196 - index * 19}.0`,
              previousVersion: `2.${195 - index * 19}.0`,
              reasons: [{ code: 'x', text: reasons[index % 3] }],
              lead: {
                commits: 4,
                medianSeconds: 9_000,
                longestSeconds: 90_000,
              },
              recovery: {
                failureStartedAt: ago(20 + index * 71),
                seconds: index === 3 ? undefined : 2_280 * (index + 1),
                how: index === 3 ? 'open' : 'rollback',
                restoredById: index === 3 ? undefined : `dep-${index * 19 + 3}`,
              },
            }),
        ),
      })),
  };
}

function row(over: Partial<ScoreboardRow> & { seed: number }): ScoreboardRow {
  const { seed, ...rest } = over;
  return aScoreboardRow({ ...rest, figures: figures(seed) });
}

/** The figures of the fixtures, moved about a little. */
function figures(seed: number) {
  const metrics = aScoreboardRow().figures.map(({ metric }) => metric);
  return metrics.map((metric: DeliveryMetric) => {
    const base = aDeliveryFigure(metric);
    const moved = 1 + ((seed * 7) % 5) / 8;
    const value = base.figure.value && base.figure.value * moved;
    return {
      ...base,
      figure:
        seed === 1
          ? {
              unit: base.figure.unit,
              n: 2,
              reason: 'Insufficient data: 2 deployments, 5 are needed',
            }
          : {
              ...base.figure,
              value:
                metric === 'deploymentSuccessRate' ? base.figure.value : value,
            },
      change: seed === 1 ? undefined : base.change,
      trend: Array.from({ length: 13 }, (_, week) => ({
        week: `2026-W${35 + week}`,
        from: new Date(Date.now() - (13 - week) * 168 * hour).toISOString(),
        to: new Date(Date.now() - (12 - week) * 168 * hour).toISOString(),
        whole: week > 0 && week < 12,
        figure:
          base.figure.value === undefined || (week + seed) % 6 === 5
            ? {
                unit: base.figure.unit,
                n: 1,
                reason: 'Insufficient data: 1 deployment, 5 are needed',
              }
            : {
                ...base.figure,
                n: 6,
                value:
                  base.figure.value * (0.6 + ((week * 5 + seed * 3) % 7) / 7),
              },
      })),
    };
  });
}
