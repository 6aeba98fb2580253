import { TestDatabases } from '@backstage/backend-test-utils';
import { DAY_MS, SLOT_MS } from '@day2/backstage-plugin-day2-common';
import {
  measurement,
  objective,
  prometheus,
} from '../__testUtils__/objectives';
import { startObjectives } from '../__testUtils__/startObjectives';
import { TestHub } from '../__testUtils__/testHub';
import { errorsAround } from './errorsAround';
import { WantedMeasurements } from './WantedMeasurements';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const MINUTE_MS = 60_000;

describe.each(databases.eachSupportedId())('errorsAround on %s', id => {
  it('compares equal times, by the objective that is worst after it', async () => {
    const hub = await TestHub.create(await databases.init(id));
    const { database } = hub;
    hub.configured = [prometheus()];
    for (const name of ['payments-api', 'cart']) {
      await hub.addService({ id: name, ref: `component:default/${name}` });
    }
    await hub.observe('openslo:catalog', [
      objective({ service: 'payments-api', name: 'a', query: 'bad release' }),
      objective({ service: 'payments-api', name: 'b', query: 'calm' }),
      objective({ service: 'cart', name: 'c', query: 'no traffic' }),
    ]);
    await hub.derive();
    const end = Math.floor((hub.time - MINUTE_MS) / SLOT_MS) * SLOT_MS;
    const release = end - 2 * DAY_MS - 2 * MINUTE_MS;
    const asked = await WantedMeasurements.create({
      database,
      now: () => hub.time,
    }).of('prometheus:main');
    expect(asked).toHaveLength(3);
    await hub.observe(
      'prometheus:main',
      asked.flatMap(each =>
        measurement(each, each.missing[0], at => {
          if (each.indicator.total.query === 'no traffic') {
            return { bad: 0, total: 0 };
          }
          const isAfter = at >= release || at === end - SLOT_MS;
          return each.indicator.total.query === 'calm' || !isAfter
            ? { bad: 1, total: 100 }
            : { bad: 20, total: 100 };
        }),
      ),
    );
    await hub.derive();

    const around = (serviceId: string, at: number, until?: number) =>
      errorsAround({ database, places: [{ serviceId, at }], until });
    expect(
      await errorsAround({
        database,
        places: [
          { serviceId: 'payments-api', at: release },
          { serviceId: 'payments-api', at: release - 2 * DAY_MS },
          { serviceId: 'cart', at: release },
          { serviceId: 'nobody', at: release },
        ],
      }),
    ).toEqual([
      { before: 0.01, after: 0.2 },
      { before: 0.01, after: 0.01 },
      undefined,
      undefined,
    ]);
    // One slot after it is known: one before it is what it is compared with.
    expect(await around('payments-api', end - SLOT_MS)).toEqual([
      { before: 0.2, after: 0.2 },
    ]);
    expect(await around('payments-api', end)).toEqual([undefined]);
    expect(await around('payments-api', release, release)).toEqual([undefined]);
  });

  it('leaves planned downtime out of both', async () => {
    const { hub, measure } = await startObjectives(await databases.init(id));
    const release =
      Math.floor(hub.time / SLOT_MS) * SLOT_MS - DAY_MS - 6 * SLOT_MS;
    const planned = { from: release - SLOT_MS, to: release + 6 * SLOT_MS };
    const file = (version: number, excluded: { from: number; to: number }[]) =>
      hub.observe('openslo:catalog', [
        objective({
          service: 'payments-api',
          version,
          objective: { excluded },
        }),
      ]);
    await file(1, []);
    await hub.derive();
    await measure(at =>
      at >= planned.from && at < planned.to
        ? { bad: 100, total: 100 }
        : { bad: at < release ? 0 : 2, total: 100 },
    );
    const around = () =>
      errorsAround({
        database: hub.database,
        places: [{ serviceId: 'payments-api', at: release }],
      });
    // One of twelve slots before it, and six of twelve after it.
    expect(await around()).toEqual([{ before: 100 / 1200, after: 612 / 1200 }]);
    await file(2, [planned]);
    await hub.derive();
    expect(await around()).toEqual([{ before: 0, after: 0.02 }]);
  });
});
