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
});
