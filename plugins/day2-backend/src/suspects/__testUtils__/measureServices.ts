import type { WantedMeasurement } from '@day2/backstage-plugin-day2-node';
import { minutes } from '../../__testUtils__/incidents';
import {
  measurement,
  objective,
  prometheus,
} from '../../__testUtils__/objectives';
import type { TestHub } from '../../__testUtils__/testHub';
import { WantedMeasurements } from '../../objectives/WantedMeasurements';

/**
 * Slots of 1,000 events until a minute, of an objective each service.
 *
 * @param bad - by service: how many are bad in the slot that begins at a minute
 */
export async function measureServices(
  hub: TestHub,
  bad: Record<string, (minute: number) => number>,
  until: number,
): Promise<void> {
  hub.configured = [prometheus()];
  await hub.observe(
    'openslo:catalog',
    Object.keys(bad).map(service => objective({ service })),
  );
  await hub.derive();
  const asked: WantedMeasurement[] = await WantedMeasurements.create({
    database: hub.database,
    now: () => hub.time,
  }).of('prometheus:main');
  await hub.observe(
    'prometheus:main',
    asked.map(each => {
      const service = /app="(\w+)"/.exec(each.indicator.total.query)![1];
      const range = { from: minutes(0), to: minutes(until) };
      return measurement(each, range, at => ({
        bad: bad[service]((at - minutes(0)) / 60_000),
        total: 1000,
      }));
    }),
  );
  await hub.derive();
}
