import { randomOf } from '../delivery/__testUtils__/random';
import { START, told } from './__testUtils__/series';
import type { Budgeting } from './budgeting';
import { objectiveFiguresOf, type ObjectiveState } from './objectiveFigures';
import { periodAt, type ObjectivePeriod } from './objectivePeriod';
import { packDay, unpackDay } from './packDay';
import { joinSeries, SLOT_MS } from './slots';

const DAY = 24 * 3600_000;
const rolling: ObjectivePeriod = { kind: 'rolling', lengthMs: 30 * DAY };
const occurrences: Budgeting = { method: 'occurrences' };
const at = (iso: string) => Date.parse(iso);

const monthly: ObjectivePeriod = {
  kind: 'calendar',
  lengthMs: 30 * DAY,
  unit: 'months',
  count: 1,
  start: '2026-01-01T00:00:00',
  zone: 'Europe/Berlin',
};
it.each<[string, ObjectivePeriod, string, string[] | undefined]>([
  [
    '30 days',
    rolling,
    '2026-03-31T12:07:00Z',
    ['2026-03-01T12:05:00Z', '2026-03-31T12:05:00Z', '2026-03-31T12:05:00Z'],
  ],
  // Clocks go forward on 29 March: the month has an hour less.
  [
    'a month',
    monthly,
    '2026-03-31T12:00:00Z',
    ['2026-02-28T23:00:00Z', '2026-03-31T12:00:00Z', '2026-03-31T22:00:00Z'],
  ],
  [
    'a month, in its first minute',
    monthly,
    '2026-03-31T22:00:00Z',
    ['2026-03-31T22:00:00Z', '2026-03-31T22:00:00Z', '2026-04-30T22:00:00Z'],
  ],
  [
    'a month, in its last',
    monthly,
    '2026-03-31T21:59:59Z',
    ['2026-02-28T23:00:00Z', '2026-03-31T21:55:00Z', '2026-03-31T22:00:00Z'],
  ],
  ['before the first', monthly, '2025-12-31T22:59:59Z', undefined],
  [
    'months from a 31st',
    { ...monthly, start: '2026-01-31T00:00:00', zone: 'UTC' },
    '2026-02-28T00:00:00Z',
    ['2026-02-28T00:00:00Z', '2026-02-28T00:00:00Z', '2026-03-31T00:00:00Z'],
  ],
  [
    'weeks from noon',
    {
      ...monthly,
      unit: 'weeks',
      start: '2022-01-01T12:00:00',
      zone: 'America/New_York',
    },
    '2026-03-07T16:59:00Z',
    ['2026-02-28T17:00:00Z', '2026-03-07T16:55:00Z', '2026-03-07T17:00:00Z'],
  ],
])('periodAt: %s', (_, period, now, bounds) => {
  const [from, to, end] = (bounds ?? []).map(at);
  expect(periodAt({ period, now: at(now) })).toEqual(
    bounds && { from, to, end },
  );
});

function stateOf(
  text: string,
  more: { before?: ObjectiveState; target?: number } = {},
) {
  const slots = told(text);
  const { state, frozen, firing } = objectiveFiguresOf({
    slots,
    target: 0.999,
    budgeting: occurrences,
    period: rolling,
    now: START + slots.total.length * SLOT_MS,
    ...more,
  })!;
  return { state, ...(frozen ? { frozen } : {}), firing };
}

describe('the state of an objective', () => {
  // Three days: 864 slots of a thousand requests.
  const off = [false, false, false, false];
  const paged = stateOf('852x0/1000 12x100/1000');
  it.each([
    ['all good', '864x0/1000', { state: 'ok', firing: off }],
    ['no traffic at all', '864x0/0', { state: 'no traffic', firing: off }],
    [
      'spent before',
      '432x0/1000 60x99/1000 372x0/1000',
      { state: 'exhausted', firing: off },
    ],
    // 1 h at 100 burns 100; 6 h 16.7; 1 d 4.2, but its 2 h 50; 3 d 1.39, its 6 h 16.7.
    [
      'an hour of 10 %',
      '852x0/1000 12x100/1000',
      { state: 'page', firing: [true, true, true, true] },
    ],
    // 3 of 1000 for a day burn 3, which must be exceeded; of 3 days 1 just the same.
    [
      'a day of 0.3 %',
      '576x0/1000 288x3/1000',
      { state: 'exhausted', firing: off },
    ],
    [
      'a day of 0.4 %',
      '576x0/1000 288x4/1000',
      { state: 'ticket', firing: [false, false, true, true] },
    ],
    ['never seen', '864x.', { state: 'unknown', firing: off }],
  ])('%s', (_, text, state) => {
    expect(stateOf(text)).toEqual(state);
  });

  it('freezes in silence, however long, and never turns green', () => {
    const silent = stateOf('852x0/1000 11x100/1000 .', { before: paged });
    expect(silent).toEqual({
      state: 'unknown',
      frozen: 'page',
      firing: paged.firing,
    });
    const later = stateOf('864x.', { before: silent });
    expect(later).toEqual(silent);
    // Data again: it may end now.
    expect(stateOf('864x0/1000', { before: later })).toEqual({
      state: 'ok',
      firing: off,
    });
  });

  it('does not turn red in silence either, and says what it was', () => {
    const before = stateOf('864x0/1000');
    expect(stateOf('852x0/1000 11x900/1000 .', { before })).toEqual({
      state: 'unknown',
      frozen: 'ok',
      firing: off,
    });
  });

  it('is unknown where something worse than what it knows may be', () => {
    // One slot of the last hour is too little for a page; for two hours 13 of 24 do.
    const gap = stateOf('576x0/1000 276x4/1000 11x. 4/1000');
    expect(gap).toEqual({
      state: 'unknown',
      frozen: 'ticket',
      firing: [false, false, true, true],
    });
    // Where nothing but the last can fire, the same gap hides nothing.
    expect(stateOf('852x0/1000 11x. 0/1000', { target: 0.5 }).state).toBe('ok');
  });

  it('ends an alert where traffic has ended and the series lives', () => {
    const before = paged;
    expect(stateOf('500x0/1000 12x100/1000 352x0/0', { before }).state).toBe(
      'exhausted',
    );
    // An hour alone is too little for the long windows: unknown, the page is not.
    expect(stateOf('12x100/1000').state).toBe('page');
    expect(stateOf('12x0/1000').state).toBe('unknown');
  });

  it('does not wait for a condition that can never fire', () => {
    // Half a day: of a target of 0.5 the burn is 2 at most, only the last can fire.
    expect(stateOf('432x0/1000', { target: 0.5 }).state).toBe('ok');
    expect(stateOf('431x0/1000', { target: 0.5 }).state).toBe('unknown');
  });
});

it('says when the budget is used up at this rate', () => {
  const figures = (text: string) =>
    objectiveFiguresOf({
      slots: told(text),
      target: 0.999,
      budgeting: occurrences,
      period: rolling,
      now: START + 864 * SLOT_MS,
    })!.exhaustionMs;
  // 12 · 50 of 864,000 · 0.001 are used, 264/864 remain. Three of 30 days are
  // measured; burn 50: 3 d · 0.3055… / 49.
  expect(figures('852x0/1000 12x50/1000')).toBeCloseTo(
    (3 * DAY * 264) / 864 / 49,
    -1,
  );
  expect(figures('864x1/1000')).toBe(0);
  expect(figures('852x0/1000 12x1/1000')).toBeUndefined();
  expect(figures('852x0/1000 11x50/1000 .')).toBeUndefined();
});

it('says it of a calendar period by the traffic so far, within it alone', () => {
  const lastsOf = (text: string) =>
    objectiveFiguresOf({
      slots: told(text),
      target: 0.999,
      budgeting: occurrences,
      // START is the 2nd: two days of March are over, the first unseen.
      period: { ...monthly, zone: 'UTC' },
      now: START + DAY,
    })!.exhaustionMs;
  // 12 · 12 of 288,000 · 0.001 are used, half remains; burn 12: 1 d · 0.5 / 11.
  expect(lastsOf('276x0/1000 12x12/1000')).toBe(Math.floor(DAY / 22));
  // 7 d · … / 0.01 is long after March.
  expect(lastsOf('12x0/1000 264x0/1000 12x1.01/1000')).toBeUndefined();
});

describe('a history of any slots', () => {
  interface Raw {
    at: number;
    bad: number;
    total: number;
  }
  /** Straight from the definition, over a plain list. */
  function naive(
    raw: Raw[],
    range: { from: number; to: number },
    sliceMs: number,
  ) {
    const of = raw.filter(slot => range.from <= slot.at && slot.at < range.to);
    if (sliceMs === 0) {
      const bad = of.reduce((sum, slot) => sum + slot.bad, 0);
      return { bad, total: of.reduce((sum, slot) => sum + slot.total, 0), of };
    }
    const slices = new Map<number, Raw[]>();
    for (const slot of of) {
      const slice = Math.floor(slot.at / sliceMs);
      slices.set(slice, [...(slices.get(slice) ?? []), slot]);
    }
    const bad = [...slices.values()].filter(slice => {
      const all = slice.reduce((sum, slot) => sum + slot.total, 0);
      const wrong = slice.reduce((sum, slot) => sum + slot.bad, 0);
      // Below 95 % good, in whole numbers.
      return wrong * 20 > all;
    });
    return { bad: bad.length, total: slices.size, of };
  }

  it.each([0, 15 * 60_000])(
    'of slices of %d ms has the figures of a plain computation',
    sliceMs => {
      const random = randomOf(sliceMs + 7);
      for (let turn = 0; turn < 15; turn += 1) {
        const days = 35;
        const level = random() * 0.05;
        const words = Array.from({ length: days * 288 }, () => {
          const dice = random();
          const total = Math.floor(random() * 5000);
          const storm = random() < 0.02 ? 0.5 : level;
          return dice < 0.1
            ? '.'
            : `${Math.floor(total * random() * storm)}/${total}`;
        });
        const whole = told(words.join(' '));
        // As kept: a day at a time, and read in any order.
        const parts = Array.from({ length: days }, (_, day) => {
          const from = START + day * DAY;
          const part = joinSeries({ from, to: from + DAY, parts: [whole] });
          return unpackDay({ day: from / DAY, bytes: packDay(part) });
        }).sort(() => random() - 0.5);
        const slots = joinSeries({
          from: START,
          to: START + days * DAY,
          parts,
        });
        const raw = [...whole.total]
          .map((total, index) => ({
            at: START + index * SLOT_MS,
            bad: whole.bad[index],
            total,
          }))
          .filter(slot => slot.total >= 0);
        // Whole slices: all of them begin in the period.
        const now = START + (30 + Math.floor(random() * 5)) * DAY;
        const figures = objectiveFiguresOf({
          slots,
          target: 0.99,
          budgeting:
            sliceMs === 0
              ? occurrences
              : { method: 'timeslices', sliceMs, sliceTarget: 0.95 },
          period: rolling,
          now,
        })!;
        const month = naive(raw, { from: now - 30 * DAY, to: now }, sliceMs);
        expect(figures.budget.spent).toBe(month.bad);
        expect(figures.budget.attainment).toBeCloseTo(
          1 - month.bad / month.total,
          11,
        );
        expect(figures.budget.used).toBeCloseTo(
          (100 * month.bad) / month.total,
          9,
        );
        expect(figures.budget.coverage).toBe(month.of.length / 8640);
        for (const { long, short, factor, state } of figures.conditions) {
          const burns = [long, short].map(
            ({ windowMs, burn, coverage, unknown }) => {
              const { bad, total, of } = naive(
                raw,
                { from: now - windowMs, to: now },
                sliceMs,
              );
              expect(coverage).toBeCloseTo(
                of.length / (windowMs / SLOT_MS),
                12,
              );
              const isUnknown =
                of.length * 2 < windowMs / SLOT_MS ||
                of.at(-1)?.at !== now - SLOT_MS;
              expect(unknown).toBe(isUnknown);
              const direct = total === 0 ? 0 : (100 * bad) / total;
              expect(burn ?? 0).toBeCloseTo(direct, 9);
              expect(burn === undefined).toBe(of.length === 0);
              return { isUnknown, above: direct > factor };
            },
          );
          const expected = burns.every(({ above }) => above)
            ? 'holds'
            : 'clear';
          expect(state).toBe(
            burns.some(each => each.isUnknown) ? 'unknown' : expected,
          );
        }
      }
    },
  );
});
