import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Effect } from '@day2/backstage-plugin-day2-node';
import {
  addIncidentServices,
  incidentLines,
  minutes,
} from '../__testUtils__/incidents';
import { TestHub } from '../__testUtils__/testHub';
import { effectRoutes } from './effectRoutes';
import { effectStandings } from './effectStandings';
import { EffectWorker } from './EffectWorker';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('what was given up on %p', id => {
  let hub: TestHub;
  let told: string[];
  let fails: boolean;
  const teller: Effect = {
    id: 'teller',
    kinds: ['incident'],
    async deliver({ title, to }) {
      if (fails) {
        throw new Error('No such channel at https://me:secret@host/x');
      }
      told.push(`${title} ${to}`);
    },
  };

  beforeEach(async () => {
    hub = await TestHub.create(await databases.init(id));
    hub.effects = [teller];
    told = [];
    fails = true;
    await addIncidentServices(hub);
    for (const source of ['pd', 'am']) {
      await hub.observe(source, []);
    }
    await hub.database('source').update({ last_success_at: 1 });
  });

  async function at(minute: number, text: string): Promise<void> {
    hub.time = minutes(minute);
    for (const { source, observations } of incidentLines(text)) {
      await hub.observe(source, observations);
    }
    await hub.derive();
  }

  async function work(forMinutes = 0) {
    const worker = EffectWorker.create({
      database: hub.database,
      logger: mockServices.logger.mock(),
      effect: () => teller,
      now: () => hub.time,
    });
    await worker.run();
    for (let minute = 0; minute < forMinutes; minute += 1) {
      hub.time += 60_000;
      await worker.run();
    }
  }

  const standing = async (canManage = true) =>
    (
      await effectStandings({
        database: hub.database,
        effects: [teller],
        canManage,
      })
    )[0];
  const retry = (name: string) =>
    effectRoutes({
      database: hub.database,
      effects: () => [teller],
      now: () => hub.time,
    }).controlEffect({
      params: { id: name },
      body: { action: 'retry' },
    } as any);

  it('is counted, with the last error, and told again where it is still so', async () => {
    await at(10, 'pd 1 10 s=a\npd 2 10 s=b');
    await work();
    expect(await standing()).toEqual({
      id: 'teller',
      waiting: 2,
      givenUp: 0,
      lastError: {
        text: 'No such channel at https://host/x',
        at: new Date(minutes(10)).toISOString(),
      },
    });
    // Its own words are for who may do something about it.
    expect((await standing(false)).lastError).toEqual({
      text: 'It could not be delivered',
      at: new Date(minutes(10)).toISOString(),
    });
    await work(16);
    expect(await standing()).toMatchObject({ waiting: 0, givenUp: 2 });
    // One of them is over by now.
    await at(40, 'pd 2 10-39 s=b v=2');
    fails = false;
    await work();
    expect(told).toEqual([]);
    expect((await retry('teller')).done).toMatch(
      /^1 of teller are told again; 1 are not so any more/,
    );
    await work();
    expect(told).toEqual(['pd 1 open']);
    expect(await standing()).toEqual({ id: 'teller', waiting: 0, givenUp: 0 });
    // Whoever was told of it so is told its end.
    await at(50, 'pd 1 10-50 s=a v=2');
    await work();
    expect(told).toEqual(['pd 1 open', 'pd 1 resolved']);
    expect((await retry('teller')).done).toMatch(/^0 of teller/);
  });

  it('an end that was given up is told, unless it is open again', async () => {
    fails = false;
    await at(10, 'pd 1 10 s=a\npd 2 10 s=b');
    await work();
    fails = true;
    await at(20, 'pd 1 10-20 s=a v=2\npd 2 10-20 s=b v=2');
    await work(16);
    expect(await standing()).toMatchObject({ givenUp: 2 });
    fails = false;
    await at(38, 'am x 22 s=b');
    await work();
    told = [];
    await retry('teller');
    await work();
    expect(told).toEqual(['pd 1 resolved']);
  });

  it('is asked of an effect that there is', async () => {
    await expect(retry('nobody')).rejects.toThrow('No module adds the effect');
  });
});
