import { TestDatabases } from '@backstage/backend-test-utils';
import { SLOT_MS } from '@day2/backstage-plugin-day2-common';
import type { WantedMeasurement } from '@day2/backstage-plugin-day2-node';
import { minutes, observeLines } from '../__testUtils__/incidents';
import {
  measurement,
  objective,
  prometheus,
  type Truth,
} from '../__testUtils__/objectives';
import type { TestHub } from '../__testUtils__/testHub';
import { incidentIdOf } from '../incidents/incidentRows';
import { WantedMeasurements } from '../objectives/WantedMeasurements';
import { deployed, SuspectsHub } from './__testUtils__/suspectsHub';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const usual: Truth = () => ({ bad: 1, total: 100 });

describe.each(databases.eachSupportedId())('measured on %s', id => {
  let hub: TestHub;
  let asked: WantedMeasurement[];
  /** How many were to judge as all was measured for the first time. */
  let first: number;

  const measure = (from: number, to: number, truth: Truth) =>
    hub.observe('prometheus:main', [
      measurement(asked[0], { from: minutes(from), to: minutes(to) }, truth),
    ]);

  beforeEach(async () => {
    const world = await SuspectsHub.create(await databases.init(id));
    hub = world.hub;
    hub.configured = [prometheus()];
    await world.deploy(
      deployed('1.0', 8000),
      deployed('2.0', 9000),
      deployed('3.0', 12_000),
    );
    await observeLines(hub, 'pd 1 9010-9040');
    await observeLines(hub, 'pd 2 12010-12500');
    await hub.observe('openslo:catalog', [objective({ service: 'a' })]);
    await hub.derive();
    asked = await WantedMeasurements.create({
      database: hub.database,
      now: () => hub.time,
    }).of('prometheus:main');
    await measure(0, 14_000, usual);
    first = (await hub.database('dirty_suspect')).length;
    await hub.derive();
  });

  /** Incidents to judge again, by their keys, after slots from then on are others. */
  async function marked(from: number, to: number): Promise<string[]> {
    await hub.database('dirty_suspect').delete();
    // All is said again; few of it are other than before.
    await measure(0, 14_000, at =>
      at >= minutes(from) && at < minutes(to)
        ? { bad: 50, total: 101 }
        : usual(at),
    );
    const due: string[] = await hub
      .database('dirty_suspect')
      .pluck('incident_id');
    return ['1', '2'].filter(key =>
      due.includes(incidentIdOf({ source: 'pd', key })),
    );
  }

  it.each<[string, number, number, string[]]>([
    ['nothing is other than before', 0, 0, []],
    ['it is near the roll-out of one', 9005, 9010, ['1']],
    ['it is near that of the other', 11_940, 11_945, ['2']],
    ['it is between both', 9100, 10_500, []],
    ['it is of the day before the other', 10_600, 10_700, ['2']],
    ['it is after the end of the one', 9045, 9055, []],
    ['it is of all the time', 8900, 13_000, ['1', '2']],
  ])('marks incidents as far as %s', async (_, from, to, expected) => {
    expect(first).toBe(2);
    expect(await marked(from, to)).toEqual(expected);
    await hub.derive();
    await measure(0, 14_000 - SLOT_MS / 60_000, usual);
    expect(await hub.database('dirty_suspect')).toEqual([]);
  });
});
