import { START, told } from './__testUtils__/series';
import type { Budgeting } from './budgeting';
import { budgetFiguresOf } from './budgetFigures';
import { burnOf, conditionOf, exhaustionOf } from './burnOf';
import { burnConditionsOf } from './burnWindows';
import { measuredOf, measureOf } from './measured';
import { SLOT_MS } from './slots';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const occurrences: Budgeting = { method: 'occurrences' };
const slices: Budgeting = {
  method: 'timeslices',
  sliceMs: 10 * MINUTE,
  sliceTarget: 0.9,
};
const ratios: Budgeting = { method: 'ratioTimeslices', sliceMs: 10 * MINUTE };

function measure(text: string, budgeting = occurrences, excluded = [[0, 0]]) {
  const slots = told(text);
  const measured = measuredOf({
    slots,
    budgeting,
    excluded: excluded.map(([from, to]) => ({
      from: START + from * SLOT_MS,
      to: START + to * SLOT_MS,
    })),
  });
  const to = START + slots.total.length * SLOT_MS;
  return { measured, to, of: measureOf(measured, { from: START, to }) };
}

describe('budgetFiguresOf', () => {
  it.each([
    // Target 0.99 of 1000: ten may be bad.
    [
      '10/1000',
      occurrences,
      {
        attainment: 0.99,
        budget: 10,
        spent: 10,
        left: 0,
        used: 1,
        remaining: 0,
      },
    ],
    [
      '1/500 0/0 1/500',
      occurrences,
      {
        attainment: 0.998,
        budget: 10,
        spent: 2,
        left: 8,
        used: 0.2,
        remaining: 0.8,
      },
    ],
    [
      '30/1000',
      occurrences,
      {
        attainment: 0.97,
        budget: 10,
        spent: 30,
        left: -20,
        used: 3,
        remaining: -2,
      },
    ],
    // Slices: 20 of 200 bad is 0.9, good; 21 of 200 is not; without traffic good; unseen none.
    [
      '10/100 10/100 11/100 10/100 0/0 0/0 . .',
      slices,
      { attainment: 2 / 3, budget: 0.03, spent: 1, left: -0.97 },
    ],
    // Of a slice seen in part, that part tells.
    ['. 50/100 0/100 .', slices, { attainment: 0.5, spent: 1, coverage: 0.5 }],
    // Shares 0.2 (of 10), 0 and 0 (no traffic): their mean, whatever the traffic.
    [
      '1/5 1/5 0/9000 0/0 0/0 0/0',
      ratios,
      { attainment: 0.933333333333, spent: 0.2, budget: 0.03 },
    ],
  ])('of %s by %j is %j', (text, budgeting, figures) => {
    const answer = budgetFiguresOf({
      measure: measure(text, budgeting).of,
      target: 0.99,
    });
    expect(answer.kind).toBe('measured');
    for (const [name, value] of Object.entries(figures)) {
      expect(answer[name as 'used']).toBeCloseTo(value, 11);
    }
  });

  it('tells no traffic from no data', () => {
    const of = (text: string) =>
      budgetFiguresOf({ measure: measure(text).of, target: 0.99 });
    expect(of('0/0 .')).toEqual({
      kind: 'no traffic',
      budget: 0,
      spent: 0,
      left: 0,
      used: 0,
      remaining: 1,
      coverage: 0.5,
    });
    expect(of('. .')).toEqual({ kind: 'no data', coverage: 0 });
  });

  it('leaves planned downtime out, also of what is expected', () => {
    const { of } = measure('0/100 90/100 . 1/100', occurrences, [[1, 3]]);
    expect(of).toEqual({
      kind: 'measured',
      bad: 1,
      total: 200,
      observedSlots: 2,
      expectedSlots: 2,
      coverage: 1,
      silent: false,
    });
    expect(measure('5/5', occurrences, [[0, 1]]).of).toEqual({
      kind: 'excluded',
      bad: 0,
      total: 0,
      observedSlots: 0,
      expectedSlots: 0,
      silent: false,
    });
  });
});

describe('burnConditionsOf', () => {
  it.each([
    [
      30,
      5,
      [
        [60, 5, 14.4],
        [360, 30, 6],
        [1440, 120, 3],
        [4320, 360, 1],
      ],
    ],
    [
      28,
      5,
      [
        [60, 5, 13.44],
        [360, 30, 5.6],
        [1440, 120, 2.8],
        [4320, 360, 0.933333333333],
      ],
    ],
    // × 7/30: 14, 1.2, 84, 7, 336, 28, 1008, 84 minutes, up to whole slots.
    [
      7,
      5,
      [
        [15, 5, 14.4],
        [85, 10, 6],
        [340, 30, 3],
        [1010, 85, 1],
      ],
    ],
    [
      90,
      5,
      [
        [180, 15, 14.4],
        [1080, 90, 6],
        [4320, 360, 3],
        [12960, 1080, 1],
      ],
    ],
    [
      30,
      60,
      [
        [60, 60, 14.4],
        [360, 60, 6],
        [1440, 120, 3],
        [4320, 360, 1],
      ],
    ],
  ])('of %d days in steps of %d minutes', (days, step, rows) => {
    expect(
      burnConditionsOf({ periodMs: days * DAY, stepMs: step * MINUTE }).map(
        ({ longMs, shortMs, factor }) => [
          longMs / MINUTE,
          shortMs / MINUTE,
          factor,
        ],
      ),
    ).toEqual(rows);
  });

  it('has two that page and two that make a ticket', () => {
    expect(
      burnConditionsOf({ periodMs: 30 * DAY }).map(({ severity }) => severity),
    ).toEqual(['page', 'page', 'ticket', 'ticket']);
  });
});

describe('burnOf', () => {
  it.each([
    // Of the last 4 slots: 3/300 by 0.001 is 10.
    [
      '9/9 1/100 2/100 0/100 0/0',
      { kind: 'measured', burn: 10, coverage: 1, unknown: false },
    ],
    [
      '9/9 0/0 0/0 . 0/0',
      { kind: 'no traffic', burn: 0, coverage: 0.75, unknown: false },
    ],
    [
      '9/9 1/100 0/100 0/0 .',
      { kind: 'measured', burn: 5, coverage: 0.75, unknown: true },
    ],
    [
      '9/9 . . . 1/1000',
      { kind: 'measured', burn: 1, coverage: 0.25, unknown: true },
    ],
    [
      '. . 1/1000 1/1000',
      { kind: 'measured', burn: 1, coverage: 0.5, unknown: false },
    ],
    ['9/9 . . . .', { kind: 'no data', coverage: 0, unknown: true }],
    // Before the series nothing is known either.
    ['1/1000', { kind: 'measured', burn: 1, coverage: 0.25, unknown: true }],
  ])('over the last four slots of %s is %j', (text, burn) => {
    const { measured, to } = measure(text);
    const windowMs = 4 * SLOT_MS;
    expect(
      burnOf({ measured, target: 0.999, windowMs, to: to + SLOT_MS - 1 }),
    ).toEqual({ windowMs, ...burn });
  });

  it('waits for the end of a slice', () => {
    const { measured } = measure('0/9 0/9 9/9 0/9', slices);
    const burnAt = (minutes: number) =>
      burnOf({
        measured,
        target: 0.5,
        windowMs: 10 * MINUTE,
        to: START + minutes * MINUTE,
      }).burn;
    expect([burnAt(10), burnAt(15), burnAt(20)]).toEqual([0, 0, 2]);
  });

  it('is nothing in planned downtime', () => {
    const { measured, to } = measure('9/9 . .', occurrences, [[1, 3]]);
    expect(
      burnOf({ measured, target: 0.9, windowMs: 2 * SLOT_MS, to }),
    ).toMatchObject({ kind: 'excluded', burn: 0, unknown: false });
  });
});

describe('conditionOf', () => {
  const condition = burnConditionsOf({ periodMs: 30 * DAY })[0];
  it.each([
    // 14.4 · 0.001 of 10,000 is 144: it must exceed it.
    ['12x144/10000', 0.999, 'clear', true],
    ['12x145/10000', 0.999, 'holds', true],
    // Burnt long ago: the short window has ended it; only just now: not long enough.
    ['11x900/10000 0/10000', 0.999, 'clear', true],
    ['11x0/10000 900/10000', 0.999, 'clear', true],
    ['11x900/10000 0/0', 0.999, 'clear', true],
    ['11x900/10000 .', 0.999, 'unknown', true],
    ['7x. 5x900/10000', 0.999, 'unknown', true],
    ['6x. 6x900/10000', 0.999, 'holds', true],
    // 1 / (1 - 0.93) is 14.29, below 14.4: all bad, and still it cannot.
    ['12x10/10', 0.93, 'clear', false],
    ['12x10/10', 0.94, 'holds', true],
  ])('%s of target %d: %s', (text, target, state, canFire) => {
    const { measured, to } = measure(text);
    expect(conditionOf({ measured, target, condition, to })).toMatchObject({
      state,
      canFire,
      factor: 14.4,
    });
  });

  it('can never fire where all bad only just reaches the factor', () => {
    const { measured, to } = measure('12x10/10');
    const never = { ...condition, factor: 10 };
    expect(
      conditionOf({ measured, target: 0.9, condition: never, to }),
    ).toMatchObject({ canFire: false, state: 'clear', long: { burn: 10 } });
  });
});

it.each([
  // Half of 30 days' budget at a burn of 15: one day.
  [15, 0.5, DAY],
  [1.5, 1, 20 * DAY],
  [1, 0.5, undefined],
  [0, 0.5, undefined],
  [undefined, 0.5, undefined],
  [15, undefined, undefined],
  [0, 0, 0],
  [undefined, -0.2, 0],
])(
  'at a burn of %s what remains (%s) lasts %s ms',
  (burn, remaining, lasts) => {
    expect(exhaustionOf({ burn, remaining, expectedMs: 30 * DAY })).toBe(lasts);
  },
);

// u of the budget is used after E days, of even traffic: u · E + b · t = E + t.
it.each([
  // 0.5 · 2 + 2t = 2 + t
  ['half of two days at 2', 2, 0.5, 2, DAY],
  // 0.9 · 2 + 11t = 2 + t
  ['a tenth of two days at 11', 2, 0.1, 11, 0.02 * DAY],
  // 0.75 · 20 + 1.5t = 20 + t: the last of its 30 days
  ['a quarter of 20 days at 1.5', 20, 0.25, 1.5, 10 * DAY],
  ['what lasts beyond the end', 20, 0.26, 1.5, undefined],
  ['what grows as fast as it burns', 20, 0.5, 1, undefined],
  ['nothing', 2, 0, 5, 0],
  ['what is unknown', 2, undefined, 5, undefined],
])(
  'of a calendar period %s is used up in time',
  (_, days, remaining, burn, lasts) => {
    const calendar = { to: START + days * DAY, end: START + 30 * DAY };
    expect(
      exhaustionOf({ burn, remaining, expectedMs: days * DAY, calendar }),
    ).toBe(lasts);
  },
);

it.each([
  [2, 0.5],
  [14.4, 0.9],
  [1.25, 0.3],
])(
  'a rolling budget at %s, %s of it left, is used up by then',
  (burn, left) => {
    const expectedMs = 30 * DAY;
    const lasts = exhaustionOf({ burn, remaining: left, expectedMs })!;
    // Nothing bad leaves it meanwhile: what was used and what burns are all of it.
    expect((1 - left) * expectedMs + burn * lasts).toBeCloseTo(expectedMs, -2);
  },
);

it.each([
  [0.1, 2, 0.5],
  [0.5, 14.4, 0.9],
  [0.02, 3, 0.2],
])(
  'where %s of a rolling period was measured, its budget at %s, %s of it left, is used up by then',
  (coverage, burn, left) => {
    const measuredMs = coverage * 30 * DAY;
    const lasts = exhaustionOf({
      burn,
      remaining: left,
      expectedMs: 30 * DAY,
      measuredMs,
    })!;
    expect((1 - left) * measuredMs + burn * lasts).toBeCloseTo(
      measuredMs + lasts,
      -2,
    );
  },
);

it.each([0.01, 0.3, 0.9, 0.999, 1])(
  'is never later for what was not measured: %s of it was',
  coverage => {
    for (const burn of [1.01, 2, 50, 2000]) {
      const of = { burn, remaining: 0.4, expectedMs: 30 * DAY };
      expect(
        exhaustionOf({ ...of, measuredMs: coverage * 30 * DAY }),
      ).toBeLessThanOrEqual(exhaustionOf(of)!);
    }
  },
);
