import { TestDatabases } from '@backstage/backend-test-utils';
import { DAY_MS, SLOTS_A_DAY } from '@day2/backstage-plugin-day2-common';
import { startObjectivesHub } from '../__testUtils__/objectivesHub';
import { people } from '../__testUtils__/people';
import { chartSlots } from './chartSlots';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const MAX = 400 * SLOTS_A_DAY;

it('reads what a chart and a period need, however far apart they are', async () => {
  const database = await databases.init('SQLITE_3');
  const hub = await startObjectivesHub({ database });
  try {
    const { items } = await hub.objectives('payments-api', people.owner);
    const { id } = items.find(({ name }) => name === 'availability')!;
    const whole = await hub.one(id, people.owner);
    expect(whole.chart!.keptFrom).toBeUndefined();
    for (const year of ['1000', '1970', '2020']) {
      const { chart } = await hub.one(id, people.owner, {
        from: `${year}-01-01T00:00:00.000Z`,
        to: `${year}-06-01T00:00:00.000Z`,
      });
      expect(chart).toMatchObject({
        from: `${year}-01-01T00:00:00.000Z`,
        points: [],
        // Of the period now, whatever is drawn.
        used: whole.chart!.used,
      });
      expect(Date.parse(chart!.keptFrom!)).toBeLessThan(Date.now());
    }
    const from = new Date(Date.now() - 300 * DAY_MS).toISOString();
    const { chart } = await hub.one(id, people.owner, { from });
    expect(chart!.from).toBe(chart!.keptFrom);
    expect(chart!.points.length).toBeGreaterThan(200);

    const { series_id: seriesId } = await database('objective')
      .where({ id })
      .first();
    const now = Math.floor(Date.now() / DAY_MS) * DAY_MS;
    const kept = { from: now - 800 * DAY_MS, to: now };
    const period = { from: now - 30 * DAY_MS, to: now };
    for (const back of [100_000, 700, 35]) {
      const { drawn, spent } = await chartSlots({
        database,
        seriesId,
        lengthMs: 30 * DAY_MS,
        range: { from: now - back * DAY_MS, to: now - (back - 5) * DAY_MS },
        period,
        kept,
      });
      expect(drawn.total.length).toBeLessThan(MAX);
      expect(spent.total.length).toBeLessThan(MAX);
      expect(spent.from).toBeLessThanOrEqual(period.from);
    }
  } finally {
    await hub.stop();
  }
});
