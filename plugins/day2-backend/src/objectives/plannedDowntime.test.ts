import { TestDatabases } from '@backstage/backend-test-utils';
import { SLOT_MS } from '@day2/backstage-plugin-day2-common';
import { objective, type Truth } from '../__testUtils__/objectives';
import { startObjectives } from '../__testUtils__/startObjectives';
import { ObjectiveChartReads } from './ObjectiveChartReads';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const HOUR_MS = 3_600_000;

describe.each(databases.eachSupportedId())('planned downtime on %s', id => {
  it('is out of every figure, is no silence, and is drawn', async () => {
    const { hub, measure, row } = await startObjectives(
      await databases.init(id),
    );
    const now = hub.time;
    const from = now - 5 * HOUR_MS;
    // All fails for an hour, then there is nothing at all until now.
    const truth: Truth = at => {
      if (at < from) {
        return { bad: 0, total: 100 };
      }
      return at < from + HOUR_MS ? { bad: 100, total: 100 } : undefined;
    };
    const file = (version: number, excluded?: { from: number; to: number }[]) =>
      hub.observe('openslo:catalog', [
        objective({
          service: 'payments-api',
          version,
          objective: excluded ? { excluded } : {},
        }),
      ]);
    await file(1);
    await hub.derive();
    hub.time += 90_000;
    await measure(truth);
    const without = await row();
    expect(without.state).toBe('unknown');
    expect(without.kept.figures!.budget.spent).toBe(1200);

    await file(2, [{ from, to: now + HOUR_MS }]);
    await hub.derive();
    const { state, kept, ...rest } = await row();
    expect(state).toBe('ok');
    expect(kept.figures!.budget).toMatchObject({
      spent: 0,
      remaining: 1,
      coverage: 1,
    });
    const chart = await ObjectiveChartReads.create({
      database: hub.database,
      environments: [],
    }).of({
      row: rest as never,
      visible: { kind: 'all' },
      query: {},
      now: hub.time,
    });
    expect(chart!.plannedDowntime).toEqual([
      { from: new Date(from).toISOString(), to: chart!.to },
    ]);
    const shown = chart!.points.map(({ at }) => Date.parse(at));
    expect(Math.max(...shown)).toBeLessThan(from);
    expect(chart!.used).toBe(0);

    // After it, what is absent is silence again.
    await file(3, [{ from, to: now - SLOT_MS }]);
    await hub.derive();
    expect((await row()).state).toBe('unknown');
  });
});
