import { wantedOf } from '../__testUtils__/wantedOf';
import { planPieces, slotsIn } from './planPieces';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (day: number, hour = 0) => Date.UTC(2026, 10, day, hour);
const now = at(20, 14);
const wanted = (id: string, ...missing: { from: number; to: number }[]) =>
  wantedOf({ id, events: 'a', total: 'b', missing });

it('takes the newest of all first, day by day, then week by week back', () => {
  const batches = planPieces(
    [
      wanted('a', { from: at(1, 3), to: at(20, 14) }),
      wanted('b', { from: at(20, 13), to: at(20, 14) }),
    ],
    now,
  );
  expect(
    batches.map(batch =>
      batch.map(({ wanted: { id }, from, to }) => [id, from, to]),
    ),
  ).toEqual([
    [
      ['a', at(20), at(20, 14)],
      ['b', at(20, 13), at(20, 14)],
    ],
    [['a', at(19), at(20)]],
    [['a', at(12), at(19)]],
    [['a', at(5), at(12)]],
    [['a', at(1, 3), at(5)]],
  ]);
});

it('fills gaps, the newest first', () => {
  const pieces = planPieces(
    [
      wanted(
        'a',
        { from: at(3), to: at(3, 2) },
        { from: at(20, 13), to: at(20, 14) },
        { from: at(10, 22), to: at(11, 1) },
      ),
    ],
    now,
  ).flat();
  expect(pieces.map(({ from, to }) => [from, to])).toEqual([
    [at(20, 13), at(20, 14)],
    [at(10, 22), at(11, 1)],
    [at(3), at(3, 2)],
  ]);
});

it('asks at once for what is short, also over midnight', () => {
  const few = { from: at(20) - HOUR / 4, to: at(20) + HOUR / 12 };
  const pieces = planPieces([wanted('a', few)], now).flat();
  expect(pieces.map(({ from, to }) => ({ from, to }))).toEqual([few]);
});

it('asks for each slot once, in batches that are not too large', () => {
  const to = at(20, 14);
  const many = Array.from({ length: 120 }, (_, n) =>
    wanted(`slo-${n}`, { from: to - 31 * DAY, to }),
  );
  const batches = planPieces(many, now);
  for (const batch of batches) {
    const slots = batch.reduce((sum, each) => sum + slotsIn(each), 0);
    expect(batch.length).toBeLessThanOrEqual(50);
    expect(slots).toBeLessThanOrEqual(6_100);
    expect(batch.length).toBeGreaterThan(0);
  }
  const ofOne = batches
    .flat()
    .filter(piece => piece.wanted.id === 'slo-77')
    .sort((a, b) => a.from - b.from);
  expect(ofOne[0].from).toBe(to - 31 * DAY);
  expect(ofOne.at(-1)?.to).toBe(to);
  ofOne.slice(1).forEach((piece, index) => {
    expect(piece.from).toBe(ofOne[index].to);
  });
});

it('goes on with the same pieces', () => {
  const all = planPieces([wanted('a', { from: at(1), to: now })], now).flat();
  all.forEach((_, index) => {
    const rest = wanted('a', { from: at(1), to: all[index].to });
    const ranges = planPieces([rest], now).flat();
    expect(ranges.map(({ from, to }) => [from, to])).toEqual(
      all.slice(index).map(({ from, to }) => [from, to]),
    );
  });
});

it('plans nothing where nothing is missing', () => {
  expect(planPieces([wanted('a')], now)).toEqual([]);
});
