import { scaleTime } from '@visx/scale';
import { axisTicks } from './axisTicks';

const day = 86_400_000;
const gap = 80;

describe('axisTicks', () => {
  // Every day of two years as the end of the range: months of each length.
  it.each([1, 7, 14, 30, 90])(
    'leaves room for the labels of %d days, whenever they end',
    days => {
      for (let end = 0; end < 730; end++) {
        const to = new Date(2026, 0, 1).getTime() + end * day + 13 * 3_600_000;
        const x = scaleTime<number>({
          domain: [new Date(to - days * day), new Date(to)],
          range: [0, 900],
        });
        const ticks = axisTicks({ ticks: x.ticks(10), x, gap });
        expect(ticks.length).toBeGreaterThan(2);
        const gaps = ticks.slice(1).map((tick, i) => x(tick) - x(ticks[i]));
        expect(Math.min(...gaps)).toBeGreaterThanOrEqual(gap);
      }
    },
  );

  it('keeps the month where it is too near to a day', () => {
    const ticks = [
      new Date(2026, 9, 29),
      new Date(2026, 9, 31),
      new Date(2026, 10, 1),
      new Date(2026, 10, 3),
    ];
    const x = (at: Date) => ((at.getTime() - ticks[0].getTime()) / day) * 50;
    expect(axisTicks({ ticks, x, gap })).toEqual([
      ticks[0],
      ticks[2],
      ticks[3],
    ]);
  });
});
