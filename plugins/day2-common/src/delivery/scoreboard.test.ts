import { addTrend } from './addTrend';
import { DAY, HOUR, sequenceFrom } from './__testUtils__/story';
import { cellOf } from './cell';
import { deliveriesOf } from './deliveriesOf';
import { deliveryRecordOf } from './deliveryRecordOf';
import { figuresOf } from './figuresOf';
import { weeksOf } from './range';
import { DeliveryFigure, DeliveryMetric, DeliveryRecord } from './scoreboard';
import { DeliveryRecordsQuery, ScoreboardQuery } from './scoreboardQuery';

// Monday, 2 March 2026.
const MONDAY = Date.parse('2026-03-02T00:00Z');
const sequence = sequenceFrom(
  'V1 - 1\nV2 - 48 a@47 b@40 c@38\nV1 - 50\nV3 - 180',
  MONDAY,
);
const deliveries = deliveriesOf({ sequence });

describe('addTrend', () => {
  it('has each week of the range with its own figure', () => {
    const range = { from: MONDAY, to: MONDAY + 10 * DAY };
    const of = (from: number, to: number) =>
      figuresOf({
        cell: cellOf(
          deliveries.filter(
            ({ finishedAt }) => from <= finishedAt && finishedAt < to,
          ),
        ),
        range: { from, to },
        now: range.to,
      });
    const [frequency, lead] = addTrend({
      figures: of(range.from, range.to),
      weeks: weeksOf(range).map(week => ({
        week,
        figures: of(week.from, week.to),
      })),
    });
    expect(DeliveryFigure.parse(frequency).trend).toMatchObject([
      {
        week: '2026-W10',
        from: '2026-03-02T00:00:00.000Z',
        to: '2026-03-09T00:00:00.000Z',
        whole: true,
        figure: { value: 3 / 7, n: 3 },
      },
      {
        week: '2026-W11',
        to: '2026-03-12T00:00:00.000Z',
        whole: false,
        figure: { value: 1 / 3, n: 1 },
      },
    ]);
    expect(lead.trend?.map(({ figure }) => figure.value)).toEqual([
      8 * 3600,
      undefined,
    ]);
  });
});

describe('deliveryRecordOf', () => {
  const record = (metric: DeliveryMetric, at: number) =>
    DeliveryRecord.parse(
      deliveryRecordOf({
        deployment: {
          id: sequence[at].id,
          serviceRef: 'component:default/cart',
          environment: 'production',
          version: sequence[at].version,
          finishedAt: new Date(sequence[at].finishedAt).toISOString(),
        },
        delivery: deliveries[at],
        metric,
        tier: 'production',
      }),
    );

  it('is a row of each metric', () => {
    for (const metric of DeliveryMetric.options) {
      sequence.forEach((_, at) => {
        expect(record(metric, at).reasons[0].text).toMatch(/^[A-Z]/);
      });
    }
  });

  it('tells of lead time how many commits and how long', () => {
    expect(record('changeLeadTime', 1)).toMatchObject({
      role: 'counted',
      lead: {
        commits: 3,
        medianSeconds: 8 * 3600,
        longestSeconds: 10 * 3600,
      },
    });
    expect(record('changeFailRate', 1).lead).toBeUndefined();
  });

  it.each<[DeliveryMetric, number, true | undefined]>([
    ['changeFailRate', 1, true],
    ['failedDeploymentRecoveryTime', 1, true],
    ['deploymentFrequency', 1, undefined],
    ['changeFailRate', 2, undefined],
    ['deploymentReworkRate', 4, true],
    ['changeFailRate', 3, undefined],
  ])('%s of deployment %i is only suspected: %p', (metric, at, suspected) => {
    const story = sequenceFrom(
      'V1 - 0\nV2 - 24 #i?:25-26\nV3 - 30 #j:31-32\nV4 - 48\nV5 - 49 >i?',
      MONDAY,
    );
    const deployment = story[at];
    expect(
      DeliveryRecord.parse(
        deliveryRecordOf({
          deployment: {
            id: deployment.id,
            serviceRef: 'component:default/cart',
            environment: 'production',
            version: deployment.version,
            finishedAt: new Date(deployment.finishedAt).toISOString(),
          },
          delivery: deliveriesOf({ sequence: story })[at],
          metric,
          tier: 'production',
        }),
      ).suspected,
    ).toBe(suspected);
  });

  it('tells of a failure when it was over, and by what', () => {
    expect(record('failedDeploymentRecoveryTime', 1)).toMatchObject({
      role: 'counted',
      recovery: {
        failureStartedAt: '2026-03-04T00:00:00.000Z',
        restoredAt: new Date(MONDAY + 50 * HOUR).toISOString(),
        seconds: 2 * 3600,
        how: 'rollback',
        restoredById: 'd-k02',
      },
    });
    expect(record('failedDeploymentRecoveryTime', 3).role).toBe('left-out');
  });
});

describe('queries', () => {
  it('have defaults that a team lead means', () => {
    expect(ScoreboardQuery.parse({})).toEqual({
      zone: 'UTC',
      membership: 'then',
      groupBy: 'team',
      compare: true,
      trend: false,
      limit: 50,
    });
  });

  it.each([
    [{ zone: 'Europe/Atlantis' }, false],
    [{ zone: 'Asia/Kathmandu' }, true],
    [{ compare: 'false', trend: 'true' }, true],
    [{ compare: 'perhaps' }, false],
    [{ groupBy: 'person' }, false],
    [{ membership: 'once' }, false],
  ])('%j is read: %s', (query, fine) => {
    expect(ScoreboardQuery.safeParse(query).success).toBe(fine);
  });

  it('the rows are those of one metric and group', () => {
    const query = { metric: 'changeFailRate', grouping: 'organisation' };
    expect(DeliveryRecordsQuery.safeParse(query).success).toBe(true);
    expect(DeliveryRecordsQuery.safeParse({}).success).toBe(false);
  });
});
