import { randomOf } from '../delivery/__testUtils__/random';
import { START } from './__testUtils__/series';
import { measuredOf, measureOf } from './measured';
import { objectiveFiguresOf } from './objectiveFigures';
import type { ObjectivePeriod } from './objectivePeriod';
import { emptySeries, SLOT_MS } from './slots';

const DAY = 24 * 3600_000;
const rolling: ObjectivePeriod = { kind: 'rolling', lengthMs: 30 * DAY };
const monthly: ObjectivePeriod = {
  kind: 'calendar',
  lengthMs: 30 * DAY,
  unit: 'months',
  count: 1,
  start: '2026-01-01T00:00:00',
  zone: 'UTC',
};

/** Of days of even traffic of which 0.5 % are bad, 3 % in the last hour: milliseconds. */
function exhaustionOf(options: {
  period: ObjectivePeriod;
  from: number;
  days: number;
  excluded: number[][];
}): number | undefined {
  const { from, days, period } = options;
  const now = from + days * DAY;
  const slots = emptySeries({ from, to: now });
  slots.total.fill(1000);
  slots.bad.fill(5).fill(30, slots.bad.length - 12);
  const { conditions, budget, exhaustionMs } = objectiveFiguresOf({
    slots,
    target: 0.99,
    budgeting: { method: 'occurrences' },
    period,
    now,
    excluded: options.excluded.map(([first, end]) => ({
      from: from + first * DAY,
      to: from + end * DAY,
    })),
  })!;
  expect(conditions[0].long.burn).toBe(3);
  expect(budget.coverage).toBe(1);
  return exhaustionMs;
}

// Of 1 % the budget is 10 a slot: 1428 of five days use half of it, and twelve three of it.
const fiveDays = 1 - (1428 * 0.5 + 36) / 1440;
const fifteenDays = 1 - (4308 * 0.5 + 36) / 4320;

it.each<[string, Parameters<typeof exhaustionOf>[0], number]>([
  // left · 5 d + t = 3 t: 1.2 days, not 4.8.
  [
    'a calendar period: 15 of 20 days so far are planned',
    {
      period: monthly,
      from: Date.parse('2026-03-01T00:00:00Z'),
      days: 20,
      excluded: [[2, 17]],
    },
    (fiveDays * 5) / 2,
  ],
  // left · 15 d / 3: 2.5 days, not 4.9.
  [
    'a rolling period: 15 of 30 days are planned',
    { period: rolling, from: START, days: 30, excluded: [[3, 18]] },
    (fifteenDays * 15) / 3,
  ],
  [
    'a rolling period of which nothing is planned',
    { period: rolling, from: START, days: 30, excluded: [] },
    ((1 - (8628 * 0.5 + 36) / 8640) * 30) / 3,
  ],
])('the budget is of what is not planned: %s', (_, options, days) => {
  expect(exhaustionOf(options)! / DAY).toBeCloseTo(days, 6);
});

/** By each slot, whether it begins in one. */
function bySlot(
  range: { from: number; to: number },
  excluded: { from: number; to: number }[],
) {
  const slots: number[] = [];
  const first = Math.ceil(range.from / SLOT_MS) * SLOT_MS;
  for (let at = first; at < range.to; at += SLOT_MS) {
    if (!excluded.some(({ from, to }) => from <= at && at < to)) {
      slots.push(at);
    }
  }
  return slots;
}

it('what is expected is counted as slot by slot, whatever overlaps', () => {
  const random = randomOf(7);
  const instant = () => START + Math.floor(random() * 40 * SLOT_MS);
  const rangeOf = () => {
    const [from, to] = [instant(), instant()].sort((a, b) => a - b);
    return { from, to };
  };
  const slots = emptySeries({ from: START, to: START + 40 * SLOT_MS });
  slots.total.fill(1);
  let silent = 0;
  for (let round = 0; round < 500; round += 1) {
    const range = rangeOf();
    const excluded = Array.from({ length: round % 6 }, rangeOf);
    const known = { ...slots, total: slots.total.slice() };
    known.total[round % 40] = NaN;
    const measured = measuredOf({
      slots: known,
      budgeting: { method: 'occurrences' },
      excluded,
    });
    const of = measureOf(measured, range);
    const expected = bySlot(range, excluded);
    expect(of.expectedSlots).toBe(expected.length);
    const last = expected.at(-1);
    expect(of.silent).toBe(last === START + (round % 40) * SLOT_MS);
    silent += of.silent ? 1 : 0;
  }
  expect(silent).toBeGreaterThan(2);
});

it('of a year with 200 intervals a figure takes no time by slot', () => {
  const range = { from: START, to: START + 366 * DAY };
  const excluded = Array.from({ length: 200 }, (_, at) => {
    const from = START + at * DAY;
    return { from, to: from + SLOT_MS };
  });
  const measured = measuredOf({
    slots: emptySeries({ from: START, to: START }),
    budgeting: { method: 'occurrences' },
    excluded,
  });
  const before = performance.now();
  for (let round = 0; round < 100; round += 1) {
    expect(measureOf(measured, range).expectedSlots).toBe(366 * 288 - 200);
  }
  // Slot by slot it is more than four seconds.
  expect(performance.now() - before).toBeLessThan(1000);
});
