import { changesTile } from './changesTile';

const day = 86_400_000;
const range = { from: 10 * day, to: 13 * day };
const counts = (
  on: number,
  [deployments, failed, changes, emergencies]: number[],
) => ({ day: on, deployments, failed, changes, emergencies });

describe('changesTile', () => {
  it('counts and draws every day of the range', () => {
    const tile = changesTile({
      days: [counts(10, [2, 1, 3, 1]), counts(12, [1, 0, 0, 0])],
      range,
      latestAt: 12 * day,
      asOf: 13 * day,
    });
    expect(tile).toMatchObject({
      state: 'attention',
      headline: '3 changes',
      detail: '3 deployments, 1 urgent, 1 failed',
      at: '1970-01-13T00:00:00.000Z',
    });
    expect(tile.trend?.map(point => point.value)).toEqual([5, 0, 1]);
    expect(tile.figures.map(f => [f.value, f.unit, f.n])).toEqual([
      [3, 'deployments', 3],
      [3, 'changes', 3],
      [1, 'emergency changes', 3],
      [1, 'failed deployments', 3],
    ]);
  });

  it('is fine where nothing failed or was urgent', () => {
    const tile = changesTile({ days: [counts(10, [1, 0, 1, 0])], range });
    expect(tile).toMatchObject({ state: 'ok', headline: '1 change' });
  });

  it('says why it is empty, and shows no zero', () => {
    const whyEmpty = { reason: 'nothing-found' as const, text: 'Nothing' };
    const tile = changesTile({ days: [], range, whyEmpty });
    expect(tile).toMatchObject({ state: 'empty', empty: whyEmpty });
    expect(tile.figures).toEqual([]);
    expect(tile.trend).toBeUndefined();
  });

  const at = (text: string) => Date.parse(text);
  it.each([
    ['2025-10-18', '2026-11-21', 399, '2025-10-18', '2025-10-19'],
    ['2025-10-10', '2026-11-21', 59, '2025-10-06', '2025-10-13'],
    ['2016-11-21', '2026-11-21', 121, '2016-11-01', '2016-12-01'],
  ])(
    'draws %s to %s in %d points, and loses nothing',
    (from, to, points, first, second) => {
      const days = [from, '2026-01-15', '2026-11-20'].map(text =>
        counts(at(text) / day, [1, 0, 2, 0]),
      );
      const trend = changesTile({
        days,
        range: { from: at(from), to: at(to) },
      }).trend!;
      expect(trend).toHaveLength(points);
      expect(trend.slice(0, 2).map(point => point.from.slice(0, 10))).toEqual([
        first,
        second,
      ]);
      expect(trend[0].value).toBe(3);
      expect(trend.reduce((sum, point) => sum + point.value, 0)).toBe(9);
    },
  );
});
