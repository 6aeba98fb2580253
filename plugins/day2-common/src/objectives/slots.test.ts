import { randomOf } from '../delivery/__testUtils__/random';
import { START, told } from './__testUtils__/series';
import { exactSumOf, joinSums, roundedSum } from './exactSum';
import { packDay, unpackDay } from './packDay';
import {
  joinSeries,
  seriesOf,
  slotOf,
  SLOT_MS,
  type SlotSeries,
} from './slots';
import { addSlotSums, observedSeconds, sumsOf } from './slotSums';

const DAY = 24 * 3600_000;
const day = START / DAY;

it.each([
  [
    { good: 99, total: 100 },
    { bad: 1, total: 100 },
  ],
  [
    { bad: 1.5, total: 100 },
    { bad: 1.5, total: 100 },
  ],
  [
    { good: 0, total: 0 },
    { bad: 0, total: 0 },
  ],
  [
    { good: 101, total: 100 },
    { bad: 0, total: 100 },
  ],
  [
    { bad: 101, total: 100 },
    { bad: 100, total: 100 },
  ],
  [{ total: 100 }, undefined],
  [{ good: NaN, total: 100 }, undefined],
  [{ good: 1, total: NaN }, undefined],
  [{ good: -1, total: 1 }, undefined],
  // One event, or one in a hundred: the two were read at two instants.
  [
    { good: 11, total: 10 },
    { bad: 0, total: 10 },
  ],
  [
    { good: 10_100, total: 10_000 },
    { bad: 0, total: 10_000 },
  ],
  [{ good: 1000, total: 10 }, undefined],
  [{ good: 10_101, total: 10_000 }, undefined],
  [{ good: 2, total: 0.5, oneEvent: 1 / 300 }, undefined],
  [
    { bad: 1000, total: 10 },
    { bad: 10, total: 10 },
  ],
  [{ bad: -1, total: 1 }, undefined],
  [{ bad: Infinity, total: 1 }, undefined],
  [{ bad: 0, total: -1 }, undefined],
])('slotOf %j is %j', (counted, slot) => {
  expect(slotOf({ at: 0, ...counted })).toEqual(slot && { at: 0, ...slot });
});

it.each([
  [{ at: START + 1, bad: 0, total: 1 }],
  [{ at: START, bad: 2, total: 1 }],
  [{ at: START, bad: -1, total: 1 }],
  [{ at: START, bad: 0, total: Infinity }],
])('seriesOf refuses %j', slot => {
  const range = { from: START, to: START + DAY };
  expect(() => seriesOf({ ...range, slots: [slot] })).toThrow('five minutes');
});

it('joins parts in any order, and keeps the slot that knows more', () => {
  const parts = [
    told('1/10 . 0/5 0/0'),
    told('0/9 2/2 1/5 .'),
    told('1/10 2/2'),
  ];
  const range = { from: START + SLOT_MS, to: START + 5 * SLOT_MS };
  const whole = told('2/2 1/5 0/0 .', range.from);
  expect(joinSeries({ ...range, parts })).toEqual(whole);
  expect(joinSeries({ ...range, parts: parts.reverse() })).toEqual(whole);
});

it('sums the slots that begin in a range', () => {
  const series = told('1/10 . 0/0 2.5/4 7/7');
  const sums = sumsOf(series, { from: START + 1, to: START + 3 * SLOT_MS + 1 });
  expect(sums).toEqual({ bad: [2.5], total: [4], observed: 2, quiet: 1 });
  expect(observedSeconds(sums)).toBe(600);
  expect(sumsOf(told('.'))).toEqual(addSlotSums([]));
});

describe('exact sums', () => {
  it.each([
    [[], 0],
    [[1, -1], 0],
    [[0.1, 0.2, 0.3], 0.6],
    [[1e16, 1, -1e16], 1],
    [Array.from({ length: 10 }, () => 0.1), 1],
    // Half-way: 1 + 2^-53 is between 1 and the next, the last decides.
    [[1, 2 ** -53], 1],
    [[1, 2 ** -53, 2 ** -106], 1 + 2 ** -52],
  ])('%j is %d', (values, sum) => {
    expect(roundedSum(exactSumOf(values))).toBe(sum);
  });

  it('are the same in whatever order and by whatever brackets', () => {
    const random = randomOf(11);
    for (let turn = 0; turn < 100; turn += 1) {
      const values = Array.from(
        { length: 40 },
        () => random() * 10 ** Math.floor(random() * 14 - 4),
      );
      const sum = exactSumOf(values);
      const at = Math.floor(random() * 40);
      expect(exactSumOf([...values].sort((a, b) => b - a))).toEqual(sum);
      expect(
        joinSums([
          exactSumOf(values.slice(at)),
          exactSumOf(values.slice(0, at)),
        ]),
      ).toEqual(sum);
      // As exact in whole numbers of 2^-120.
      const scaled = values.reduce((all, value) => all + scaledOf(value), 0n);
      expect(sum.reduce((all, value) => all + scaledOf(value), 0n)).toBe(
        scaled,
      );
    }
  });
});

/** A number times 2^120, exactly. */
function scaledOf(value: number): bigint {
  let rest = value;
  let power = 120;
  while (!Number.isInteger(rest)) {
    rest *= 2;
    power -= 1;
  }
  return BigInt(rest) * 2n ** BigInt(power);
}

function randomDay(seed: number): SlotSeries {
  const random = randomOf(seed);
  return told(
    Array.from({ length: 288 }, () => {
      const dice = random();
      const total = Math.floor(10 ** (random() * 9));
      if (dice < 0.2) {
        return '.';
      }
      if (dice < 0.4) {
        return '0/0';
      }
      return dice < 0.7
        ? `${Math.floor(total * random())}/${total}`
        : `${random() * 3}/${3 + random()}`;
    }).join(' '),
  );
}

describe('packDay', () => {
  it.each([
    // 288 · 4 + kind, low seven bits first.
    ['288x.', [1, 128, 9]],
    ['288x0/0', [1, 129, 9]],
    // Two of 300 with 1 bad, then 286 of no data: 4 · 2 + 2, 4 · 286.
    ['2x1/300 286x.', [1, 10, 172, 2, 1, 172, 2, 1, 248, 8]],
    [
      '0.5/1 287x.',
      [1, 7, 63, 240, 0, 0, 0, 0, 0, 0, 63, 224, 0, 0, 0, 0, 0, 0, 252, 8],
    ],
  ])('%s is bytes worked out by hand', (text, bytes) => {
    const packed = packDay(told(text));
    expect([...packed]).toEqual(bytes);
    expect(unpackDay({ day, bytes: packed })).toEqual(told(text));
  });

  it('gives back days of any slots, bit for bit', () => {
    for (let seed = 0; seed < 60; seed += 1) {
      const given = randomDay(seed);
      // Read from among other bytes, as a database gives them.
      const packed = Uint8Array.from([9, ...packDay(given)]).subarray(1);
      expect(unpackDay({ day, bytes: packed })).toEqual(given);
    }
  });

  it('needs under five bytes a slot of a busy service', () => {
    expect(packDay(told('288x12/60000')).length).toBeLessThan(5 * 288);
  });

  it('refuses what is no day', () => {
    expect(() => packDay(told('287x0/1'))).toThrow('288');
    expect(() => packDay(told('288x0/1', START + SLOT_MS))).toThrow('288');
    const wrong = told('288x0/1');
    wrong.bad[7] = 2;
    expect(() => packDay(wrong)).toThrow('2 of 1');
  });

  it.each([
    ['of nothing', [], 'begins with 1'],
    ['of another format', [2], 'begins with 1'],
    ['of no run', [1], 'damaged'],
    ['of a run of none', [1, 0], 'damaged'],
    ['of more than a day', [1, 132, 9], 'damaged'],
    ['of less than a day', [1, 4], 'damaged'],
    ['that go on', [1, 128, 9, 0], 'damaged'],
    ['of more bad than all', [1, 6, 1, 2, 252, 8], 'damaged'],
    ['of a number without end', [1, ...Array(2000).fill(255)], 'damaged'],
    ['of a float cut off', [1, 7, 63, 240], 'damaged'],
    [
      'of a float that is none',
      [1, 7, 127, 248, ...Array(14).fill(0)],
      'damaged',
    ],
  ])('refuses bytes %s', (_, bytes, message) => {
    expect(() =>
      unpackDay({ day, bytes: Uint8Array.from(bytes as number[]) }),
    ).toThrow(message);
  });

  it('reads no byte that is cut off or damaged as something impossible', () => {
    const random = randomOf(5);
    const packed = packDay(randomDay(1));
    const answers: string[] = [];
    for (let turn = 0; turn < 2000; turn += 1) {
      const kept = turn % 2 ? 1 : random();
      const bytes = packed.slice(0, Math.ceil(kept * packed.length));
      bytes[Math.floor(random() * bytes.length)] = random() * 256;
      answers.push(answerOf(bytes));
    }
    expect(new Set(answers)).toEqual(new Set(['possible', 'InputError']));
  });
});

/** Of a day that may be damaged: whether what is read can be, or the error's name. */
function answerOf(bytes: Uint8Array): string {
  try {
    const { bad, total } = unpackDay({ day, bytes });
    return total.every(
      (all, at) => Number.isNaN(all) || (bad[at] >= 0 && bad[at] <= all),
    )
      ? 'possible'
      : 'impossible';
  } catch (error) {
    return (error as Error).name;
  }
}

it('sums whole numbers, broken ones and those beyond whole ones alike', () => {
  const huge = Number.MAX_SAFE_INTEGER;
  for (const slots of [
    [1, 2, 3],
    [0.1, 0.2, 0.3],
    [1, 0.5, 2],
    [huge, 1, 1, 1],
    [0, 0],
  ]) {
    const series = seriesOf({
      from: START,
      to: START + slots.length * SLOT_MS,
      slots: slots.map((total, at) => ({
        at: START + at * SLOT_MS,
        bad: total,
        total,
      })),
    });
    const { bad, total, observed, quiet } = sumsOf(series);
    expect(total).toEqual(exactSumOf(slots));
    expect(bad).toEqual(total);
    expect([observed, quiet]).toEqual([
      slots.length,
      slots.filter(each => each === 0).length,
    ]);
  }
});
