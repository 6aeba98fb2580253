import type { ObjectiveChart } from '@day2/backstage-plugin-day2-common';
import { chartShapeOf } from './chartShape';

const at = (minute: number) => new Date(minute * 60_000).toISOString();
const point = (minute: number, remaining?: number, bad = 0) => ({
  at: at(minute),
  bad,
  total: 100,
  remaining,
});
const chart = (points: ObjectiveChart['points']): ObjectiveChart => ({
  from: at(0),
  to: at(30),
  stepSeconds: 300,
  points,
  shares: [],
});

describe('chartShapeOf', () => {
  it('draws one line where all is known, each point at the end of its step', () => {
    const shape = chartShapeOf(
      chart([0, 5, 10, 15, 20, 25].map(minute => point(minute, 0.9))),
    );
    expect(shape.gaps).toEqual([]);
    expect(shape.lines).toHaveLength(1);
    expect(shape.lines[0][0]).toEqual({ at: 5 * 60_000, remaining: 0.9 });
  });

  it('breaks the line where nothing is known, and says where', () => {
    const shape = chartShapeOf(
      chart([point(5, 0.9), point(10, 0.8), point(20, 0.7)]),
    );
    expect(shape.lines.map(line => line.length)).toEqual([2, 1]);
    expect(shape.gaps).toEqual([
      { from: 0, to: 5 * 60_000 },
      { from: 15 * 60_000, to: 20 * 60_000 },
      { from: 25 * 60_000, to: 30 * 60_000 },
    ]);
  });

  it('has room for what is overspent, and for the most bad events', () => {
    expect(
      chartShapeOf(chart([point(0, -0.4, 7), point(5, -0.5, 3)])),
    ).toMatchObject({ lowest: -0.5, highest: 1, mostBad: 7 });
  });

  it('says what is of a part of the period, and from when on of all', () => {
    const part = (minute: number) => ({ ...point(minute, 0.2), partly: true });
    const shape = chartShapeOf(
      chart([part(0), part(5), point(10, 0.9), point(15, 0.9)]),
    );
    expect(
      shape.lines.map(line => line.map(({ at: end }) => end / 60_000)),
    ).toEqual(
      // They meet.
      [
        [5, 10],
        [10, 15, 20],
      ],
    );
    expect(shape.lines.map(([{ partly }]) => Boolean(partly))).toEqual([
      true,
      false,
    ]);
    expect(shape.wholeFrom).toBe(15 * 60_000);
    expect(chartShapeOf(chart([part(0)])).wholeFrom).toBeUndefined();
    expect(chartShapeOf(chart([point(0, 0.9)])).wholeFrom).toBeUndefined();
  });

  it('of nothing is one gap', () => {
    expect(chartShapeOf(chart([]))).toMatchObject({
      lines: [],
      gaps: [{ from: 0, to: 30 * 60_000 }],
      mostBad: 1,
    });
  });

  it('breaks the line where events are known and the budget is not', () => {
    const shape = chartShapeOf(
      chart([point(0, 0.9), point(5), point(10, 0.8)]),
    );
    expect(shape.lines.map(line => line.length)).toEqual([1, 1]);
  });
});
