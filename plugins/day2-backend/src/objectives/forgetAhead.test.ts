import { TestDatabases } from '@backstage/backend-test-utils';
import { DAY_MS, SLOT_MS } from '@day2/backstage-plugin-day2-common';
import { objective } from '../__testUtils__/objectives';
import { startObjectives } from '../__testUtils__/startObjectives';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

it.each(databases.eachSupportedId())(
  'slots that a clock asked for which was ahead are asked for as they come, on %s',
  async id => {
    const { hub, measure, wanted, row } = await startObjectives(
      await databases.init(id),
    );
    await hub.observe('openslo:catalog', [
      objective({
        service: 'payments-api',
        version: 1,
        objective: { target: 0.99 },
      }),
    ]);
    await hub.derive();
    hub.time += 90_000;
    const real = hub.time;
    await measure(() => ({ bad: 0, total: 100 }));

    hub.time = real + 3 * DAY_MS;
    await measure(() => undefined);
    expect((await row()).state).not.toBe('page');

    hub.time = real;
    await measure(() => ({ bad: 0, total: 100 }));
    for (let n = 0; n < 12; n += 1) {
      hub.time += SLOT_MS;
      await measure(() => ({ bad: 50, total: 100 }));
    }
    expect((await row()).state).toBe('page');
    hub.time += 2 * DAY_MS;
    const [asked] = await wanted();
    expect(asked.missing[0].to - asked.missing[0].from).toBeGreaterThan(DAY_MS);
  },
);
