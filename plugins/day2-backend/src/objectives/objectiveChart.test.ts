import {
  attributionOf,
  DAY_MS,
  measuredOf,
  objectiveFiguresOf,
  seriesOf,
  SLOT_MS,
  type Objective,
  type SlotSeries,
} from '@day2/backstage-plugin-day2-common';
import { objective, slotsOf, type Truth } from '../__testUtils__/objectives';
import { budgetShares, type SpendingDeployment } from './budgetShares';
import { objectiveChart, stepsOf } from './objectiveChart';

const HOUR_MS = 3_600_000;
const end = Date.parse('2026-11-01T13:35:00Z');

/** Calm, quiet at night, silent for some hours, and a bad day. */
const truth: Truth = at => {
  const slot = at / SLOT_MS;
  const hour = (at % DAY_MS) / HOUR_MS;
  const day = Math.floor((end - at) / DAY_MS);
  if (day === 5 && hour < 7) {
    return undefined;
  }
  const total = hour < 2 ? 0 : 40 + (slot % 60);
  const usual = slot % 9 === 0 ? 1 : 0;
  const bad = day === 3 ? Math.floor(total / 4) : usual;
  return { bad: Math.min(total, bad), total };
};

function slotsUpTo(to: number, of: Truth = truth): SlotSeries {
  const range = { from: to - 40 * DAY_MS, to };
  return seriesOf({ ...range, slots: slotsOf(range, of) });
}

const said = (more: Partial<Objective>) =>
  objective({ service: 'payments-api', objective: more }).objective!;

const kinds: [string, Objective][] = [
  ['rolling days', said({ period: { kind: 'rolling', lengthMs: 7 * DAY_MS } })],
  [
    'months of a zone with another clock since',
    said({
      period: {
        kind: 'calendar',
        lengthMs: 30 * DAY_MS,
        unit: 'months',
        count: 1,
        start: '2026-01-01T00:00:00',
        zone: 'Europe/Berlin',
      },
    }),
  ],
  [
    'slices of an hour',
    said({
      target: 0.9,
      budgeting: {
        method: 'timeslices',
        sliceMs: HOUR_MS,
        sliceTarget: 0.95,
      },
    }),
  ],
  [
    'shares of slices',
    said({ budgeting: { method: 'ratioTimeslices', sliceMs: HOUR_MS } }),
  ],
];

describe('objectiveChart', () => {
  it.each(kinds)('has at each step of %s the budget as of then', (_, each) => {
    const slots = slotsUpTo(end);
    const range = { from: end - 14 * DAY_MS, to: end };
    const { points, stepSeconds } = objectiveChart({
      objective: each,
      slots,
      range,
      knownTo: end,
    });
    const stepMs = stepSeconds * 1000;
    expect(points.length).toBeLessThanOrEqual(800);
    expect(points.length).toBeGreaterThan(600);
    const { target, budgeting, period } = each;
    for (const point of points) {
      const from = Date.parse(point.at);
      const to = Math.min(from + stepMs, end);
      const inStep = slotsOf({ from, to }, truth);
      expect(point.total).toBe(inStep.reduce((n, { total }) => n + total, 0));
      expect(point.bad).toBe(inStep.reduce((n, { bad }) => n + bad, 0));
    }
    // Figures by all slots take long: of some steps, and the last.
    const some = points.filter((__, at) => at % 37 === 0);
    for (const { at, remaining } of [...some, points.at(-1)!]) {
      const now = Math.min(Date.parse(at) + stepMs, end);
      const figures = objectiveFiguresOf({
        ...{ slots, target, budgeting, period, now },
      })!;
      expect(remaining).toBeCloseTo(figures.budget.remaining!, 9);
    }
  });

  it('leaves out steps of which nothing is known, and those to come', () => {
    const slots = slotsUpTo(end, at =>
      at < end - HOUR_MS ? undefined : { bad: 0, total: 0 },
    );
    const { points, stepSeconds } = objectiveChart({
      objective: kinds[0][1],
      slots,
      range: { from: end - 2 * HOUR_MS, to: end + DAY_MS },
      knownTo: end,
    });
    expect(stepSeconds).toBe(300);
    expect(points).toHaveLength(12);
    expect(points[0]).toEqual({
      at: new Date(end - HOUR_MS).toISOString(),
      bad: 0,
      total: 0,
      remaining: 1,
      // An hour of seven days.
      partly: true,
    });
  });

  it('marks the steps at which the beginning of the period was not measured', () => {
    const began = end - 10 * DAY_MS;
    const { points } = objectiveChart({
      objective: kinds[0][1],
      slots: slotsUpTo(end, at => {
        // Silent in its midst as well: that is drawn as a gap.
        const isSilent = at > end - 2 * DAY_MS && at < end - DAY_MS;
        return at < began || isSilent ? undefined : { bad: 1, total: 100 };
      }),
      range: { from: end - 14 * DAY_MS, to: end },
      knownTo: end,
    });
    const partly = points.filter(point => point.partly);
    expect(Date.parse(partly[0].at)).toBeCloseTo(began, -7);
    // Seven days later, but for a hundredth of them.
    const last = Date.parse(partly.at(-1)!.at) - began;
    expect(last / DAY_MS).toBeGreaterThan(6.8);
    expect(last / DAY_MS).toBeLessThan(7);
    expect(points.at(-1)!.partly).toBeUndefined();
    expect(points.slice(0, partly.length)).toEqual(partly);
  });

  it.each([1, 10, 400])('has at most 800 steps of %d days', days => {
    const { stepMs, starts } = stepsOf({ from: end - days * DAY_MS, to: end });
    expect(starts.length).toBeLessThanOrEqual(800);
    expect(stepMs % SLOT_MS).toBe(0);
    expect(starts[0]).toBeLessThanOrEqual(end - days * DAY_MS);
    expect(starts.at(-1)! + stepMs).toBeGreaterThanOrEqual(end);
  });
});

describe('budgetShares', () => {
  it('names what spent the budget, the most first, and the rest', () => {
    const period = { from: end - 7 * DAY_MS, to: end };
    const bad = Math.floor(end / DAY_MS) * DAY_MS - 2 * DAY_MS;
    const slots = slotsUpTo(end, at => ({
      bad: at >= bad && at < bad + HOUR_MS ? 50 : 0,
      total: 100,
    }));
    const deployment = (
      id: string,
      finishedAt: number,
      recoveredAt?: number,
    ): SpendingDeployment => ({
      id,
      serviceRef: 'component:default/payments-api',
      environment: 'production',
      version: id,
      finishedAt,
      recoveredAt,
      visible: true,
    });
    const deployments = [
      deployment('calm', bad - DAY_MS),
      deployment('bad', bad, bad + HOUR_MS / 2),
      deployment('fix', bad + HOUR_MS),
    ];
    const shares = budgetShares({
      objective: kinds[0][1],
      slots,
      period,
      deployments,
    });
    expect(shares.shares.map(each => each.deploymentId)).toEqual(['bad']);
    const [{ spent }] = shares.shares;
    // Twelve slots of 50 in a budget of 1 % of 2016 slots of 100.
    expect(shares.used).toBeCloseTo(600 / 2016, 6);
    expect(spent).toBeCloseTo(300 / 2016, 5);
    expect(spent + shares.notAttributed!).toBeCloseTo(shares.used!, 9);
    // Whoever may not see them is told the sum, and the same of all else.
    const unseen = budgetShares({
      objective: kinds[0][1],
      slots,
      period,
      deployments: deployments.map(each => ({ ...each, visible: false })),
    });
    expect(unseen).toEqual({ ...shares, shares: [], hidden: spent });
    expect(
      attributionOf({
        measured: measuredOf({ slots, budgeting: { method: 'occurrences' } }),
        target: 0.99,
        range: period,
        deployments,
      })!.shares.find(({ id }) => id === 'bad')!.spentPpm,
    ).toBe(Math.round(spent * 1e6));
  });
});
