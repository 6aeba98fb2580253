import { TestDatabases } from '@backstage/backend-test-utils';
import {
  SLOT_MS,
  type ObjectiveChart,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import {
  measurement,
  objective,
  prometheus,
} from '../__testUtils__/objectives';
import { deploymentRow } from '../__testUtils__/seed';
import { TestHub } from '../__testUtils__/testHub';
import type { Visibility } from '../permissions/VisibleServices';
import { ObjectiveChartReads } from './ObjectiveChartReads';
import { WantedMeasurements } from './WantedMeasurements';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe.each(databases.eachSupportedId())('what spent a budget on %p', id => {
  let hub: TestHub;
  let database: Knex;
  let bad: number;

  /** Of services `a` and `b`; for an hour from `bad` on a tenth is bad, and twice that for another. */
  beforeEach(async () => {
    hub = await TestHub.create(await databases.init(id));
    database = hub.database;
    hub.configured = [prometheus()];
    for (const name of ['a', 'b']) {
      await hub.addService({ id: name, ref: `component:default/${name}` });
    }
    await hub.observe('openslo:catalog', [objective({ service: 'a' })]);
    await hub.derive();
    const link = await database('link').where('service_id', 'a').first();
    await database('link').insert({ ...link, id: 'to b', service_id: 'b' });
    bad = Math.floor((hub.time - 10 * HOUR_MS) / SLOT_MS) * SLOT_MS;
    const asked = await WantedMeasurements.create({
      database,
      now: () => hub.time,
    }).of('prometheus:main');
    await hub.observe(
      'prometheus:main',
      asked.map(each =>
        measurement(each, each.missing[0], at => {
          const hours = Math.floor((at - bad) / HOUR_MS);
          return { bad: [10, 30][hours] ?? 0, total: 100 };
        }),
      ),
    );
    await hub.derive();
  });

  const chartFor = async (visible: Visibility): Promise<ObjectiveChart> => {
    const row = await database('objective').first();
    const chart = await ObjectiveChartReads.create({
      database,
      environments: [{ name: 'production', tier: 'production', match: [] }],
    }).of({ row, visible, query: {}, now: hub.time });
    return chart!;
  };
  const sum = ({ hidden = 0, notAttributed = 0, shares }: ObjectiveChart) =>
    shares.reduce((all, { spent }) => all + spent, hidden + notAttributed);

  it('does not depend on who looks: what one may not see is a line without names', async () => {
    await database('deployment').insert([
      deploymentRow({ id: 'd1', service_id: 'a', finished_at: bad + 1 }),
      deploymentRow({
        id: 'd2',
        service_id: 'b',
        version: 'secret',
        finished_at: bad + HOUR_MS + 1,
      }),
    ]);
    const dana = await chartFor({ kind: 'all' });
    const ana = await chartFor({ kind: 'some', serviceIds: ['a'] });
    // 120 of the first hour, and 360 less the tenth of before: 240.
    const [second, first] = dana.shares;
    expect(dana.shares.map(each => each.deploymentId)).toEqual(['d2', 'd1']);
    expect(second.spent / first.spent).toBeCloseTo(2, 3);
    expect(dana.hidden).toBeUndefined();
    expect(ana.shares).toEqual([first]);
    expect(ana.hidden).toBe(second.spent);
    expect(ana.notAttributed).toBe(dana.notAttributed);
    expect(ana.used).toBe(dana.used);
    for (const each of [ana, dana]) {
      expect(sum(each)).toBeCloseTo(each.used!, 9);
    }
    expect(JSON.stringify(ana)).not.toMatch(/secret|default\/b"|d2/);
  });

  it('is the release, not the rollback that ended it in the same slot', async () => {
    await database('deployment').insert([
      deploymentRow({ id: 'd1', service_id: 'a', finished_at: bad - HOUR_MS }),
      deploymentRow({
        id: 'd2',
        service_id: 'a',
        version: 'v2',
        finished_at: bad + MINUTE_MS,
        previous_id: 'd1',
      }),
      deploymentRow({
        id: 'd3',
        service_id: 'a',
        finished_at: bad + 2 * MINUTE_MS,
        previous_id: 'd2',
        restores_id: 'd1',
      }),
    ]);
    const { shares } = await chartFor({ kind: 'all' });
    // Of the release ten of its slot; of the rollback what went on to be worse.
    expect(shares.map(each => each.deploymentId)).toEqual(['d3', 'd2']);
    expect(shares[0].spent / shares[1].spent).toBeCloseTo(24, 2);
  });
});
