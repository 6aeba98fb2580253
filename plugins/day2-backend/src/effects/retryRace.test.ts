import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Effect } from '@day2/backstage-plugin-day2-node';
import {
  addIncidentServices,
  incidentLines,
  minutes,
} from '../__testUtils__/incidents';
import { TestHub } from '../__testUtils__/testHub';
import { until } from '../__testUtils__/until';
import { EffectWorker } from './EffectWorker';
import { retryGivenUp } from './retryGivenUp';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('try again on %p', id => {
  it('does not announce what is ending just now', async () => {
    const hub = await TestHub.create(await databases.init(id));
    const { database } = hub;
    const told: string[] = [];
    let fails = true;
    const teller: Effect = {
      id: 'teller',
      kinds: ['incident'],
      async deliver({ title, to }) {
        if (fails) {
          throw new Error('No');
        }
        told.push(`${title} ${to}`);
      },
    };
    const worker = EffectWorker.create({
      database,
      logger: mockServices.logger.mock(),
      effect: () => teller,
      now: () => hub.time,
    });
    hub.effects = [teller];
    await addIncidentServices(hub);
    await hub.observe('pd', []);
    await database('source').update({ last_success_at: 1 });
    const at = async (minute: number, text: string) => {
      hub.time = minutes(minute);
      for (const { source, observations } of incidentLines(text)) {
        await hub.observe(source, observations);
      }
    };
    await at(10, 'pd 1 10 s=a');
    await hub.derive();
    for (let minute = 0; minute < 16; minute += 1) {
      await worker.run();
      hub.time += 60_000;
    }
    expect(await database('effect').pluck('state')).toEqual(['given-up']);
    fails = false;

    // Its end is written, and not committed: as a deriver that is at it.
    const end = async () => database('incident').update({ state: 'resolved' });
    const retry = () =>
      retryGivenUp({ database, effect: 'teller', now: () => hub.time });
    let answer: ReturnType<typeof retry>;
    if (id === 'SQLITE_3') {
      // Of its transactions there is one at a time.
      await end();
      answer = retry();
    } else {
      const deriving = await database.transaction();
      await deriving('incident').update({ state: 'resolved' });
      let isOver = false;
      answer = retry().finally(() => {
        isOver = true;
      });
      await until(async () => {
        const waits = await deriving('pg_stat_activity')
          .whereRaw('datname = current_database()')
          .where({ wait_event_type: 'Lock' });
        return isOver || waits.length > 0;
      });
      await deriving.commit();
    }
    expect(await answer).toEqual({ retried: 0, outdated: 1 });
    await worker.run();
    expect(told).toEqual([]);
  });
});
