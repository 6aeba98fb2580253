import {
  DAY_MS,
  seriesOf,
  SLOT_MS,
  type Slot,
} from '@day2/backstage-plugin-day2-common';
import { correctDay } from './correctDay';

const day = 20_000;
const start = day * DAY_MS;
const seriesFrom = (...slots: Slot[]) =>
  seriesOf({ from: start, to: start + DAY_MS, slots });
const slot = (index: number, bad: number, total: number): Slot => ({
  at: start + index * SLOT_MS,
  bad,
  total,
});
const slots = (from: number, to: number) => ({
  from: start + from * SLOT_MS,
  to: start + to * SLOT_MS,
});

describe('correctDay', () => {
  it.each([
    ['nothing was known', undefined, slot(3, 1, 10), slot(3, 1, 10), 1],
    ['more has come', slot(3, 0, 4), slot(3, 1, 10), slot(3, 1, 10), 0],
    // Good events came later than the total: those were no bad ones.
    ['fewer are bad', slot(3, 6, 10), slot(3, 1, 10), slot(3, 1, 10), 0],
    ['there was no traffic', undefined, slot(3, 0, 0), slot(3, 0, 0), 1],
  ])('takes the later answer where %s', (_, before, after, told, added) => {
    const corrected = correctDay({
      day,
      before: before && seriesFrom(before),
      slots: [after],
    });
    expect(corrected).toEqual({
      series: seriesFrom(told),
      added,
      changed: [slots(3, 4)],
    });
  });

  it.each([
    ['has fewer events', [slot(3, 0, 4)]],
    ['says nothing', []],
    ['says the same', [slot(3, 1, 10)]],
  ])('keeps what was known where the later answer %s', (_, answer) => {
    const before = seriesFrom(slot(3, 1, 10));
    expect(correctDay({ day, before, slots: answer })).toEqual({
      series: before,
      added: 0,
      changed: [],
    });
  });

  it('tells what changed, those that follow each other as one', () => {
    const { changed } = correctDay({
      day,
      before: seriesFrom(slot(1, 0, 5), slot(2, 0, 5)),
      slots: [slot(0, 0, 5), slot(1, 1, 5), slot(2, 0, 5), slot(9, 0, 5)],
    });
    expect(changed).toEqual([slots(0, 2), slots(9, 10)]);
  });
});
