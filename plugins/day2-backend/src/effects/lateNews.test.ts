import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Effect, EffectRequest } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { TestHub } from '../__testUtils__/testHub';
import { inTransaction } from '../database';
import { EffectQueue } from './EffectQueue';
import { EffectWorker } from './EffectWorker';
import type { Standing } from './Standing';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe.each(databases.eachSupportedId())('after an outage on %p', id => {
  let database: Knex;
  let now: number;
  let told: EffectRequest[];
  let fails: boolean;
  const teller: Effect = {
    id: 'teller',
    kinds: ['incident', 'objective'],
    async deliver(request) {
      if (fails) {
        throw new Error('refused');
      }
      told.push(request);
    },
  };
  const logger = mockServices.logger.mock();
  const replica = () =>
    EffectWorker.create({
      database,
      logger,
      effect: () => teller,
      now: () => now,
    });
  const standing = (
    recordId: string,
    serviceIds: string[],
    over: Partial<Standing> = {},
  ): Standing => ({
    kind: 'incident',
    recordId,
    aliases: [recordId],
    state: 'open',
    since: () => now - 3 * HOUR,
    priority: 2,
    serviceIds,
    path: `/day2/incidents/${recordId}`,
    parts: serviceIds.map(each => ({
      serviceIds: [each],
      title: `${recordId} of ${each}`,
    })),
    origins: [],
    ...over,
  });
  const learn = (...standings: Standing[]) =>
    inTransaction(database, transaction =>
      EffectQueue.create({
        effects: () => [teller],
        logger,
        now: () => now,
      }).queue(transaction, standings),
    );
  const heard = () =>
    told.map(({ title, text, services, to }) => [
      to,
      title,
      text,
      services.join().replaceAll('component:default/', ''),
    ]);

  beforeEach(async () => {
    const hub = await TestHub.create(await databases.init(id));
    database = hub.database;
    for (const [name, owner] of [
      ['cart', 'shop'],
      ['till', 'shop'],
      ['mail', 'post'],
    ]) {
      await hub.addService({ id: name, ref: `component:default/${name}` });
      await database('service')
        .where({ id: name })
        .update({ owner: `group:default/${owner}` });
    }
    now = Date.parse('2026-11-01T00:00:00Z');
    told = [];
    fails = false;
  });

  it('what goes on is told once to each owner, and what is over by then to nobody', async () => {
    await learn(
      standing('i1', ['cart']),
      standing('i2', ['till'], { priority: 1 }),
      standing('i3', ['cart', 'mail']),
      standing('i4', ['cart']),
    );
    expect(await replica().run()).toBe(0);
    now += MINUTE;
    // The next batch of its source says that it ended long ago.
    await learn(standing('i4', ['cart'], { state: 'resolved' }));
    expect(await replica().run()).toBe(0);
    now += MINUTE;
    await replica().run();
    await replica().run();
    expect(heard()).toEqual([
      ['open', 'i3 of mail', undefined, 'mail'],
      [
        'open',
        '3 incidents that were learnt of late go on',
        'i2 of till · i1 of cart · i3 of cart',
        'cart,till',
      ],
    ]);
    expect(told[1]).toMatchObject({ priority: 1, path: '/day2/incidents' });
    // Of each that was told of so the end is told.
    told = [];
    now += HOUR;
    await learn(
      standing('i1', ['cart'], { state: 'resolved' }),
      standing('i4', ['cart'], { state: 'resolved' }),
    );
    await replica().run();
    expect(heard()).toEqual([['resolved', 'i1 of cart', undefined, 'cart']]);
  });

  it('waits while more comes, but not for ever', async () => {
    for (let minute = 0; minute < 10; minute += 1) {
      await learn(standing(`i${minute}`, ['cart']));
      await replica().run();
      expect(told).toEqual([]);
      now += MINUTE;
    }
    await learn(standing('i10', ['cart']));
    await replica().run();
    expect(told.map(({ title }) => title)).toEqual([
      '11 incidents that were learnt of late go on',
    ]);
    expect(told[0].text).toContain('and 1 more');
  });

  it('what was queued as the hub went down is not told hours later as if it were new', async () => {
    const now0 = now;
    const fresh = { since: () => now0 };
    await learn(
      standing('i1', ['cart'], fresh),
      standing('i2', ['cart'], fresh),
      standing('i3', ['cart'], fresh),
    );
    now += 5 * HOUR;
    expect(await replica().run()).toBe(0);
    await learn(standing('i3', ['cart'], { state: 'resolved' }));
    now += 2 * MINUTE;
    await replica().run();
    expect(told.map(({ title }) => title)).toEqual([
      '2 incidents that were learnt of late go on',
    ]);
  });

  it('what was told before it, and ended, is told to have ended', async () => {
    const fresh = { since: () => now };
    await learn(standing('i1', ['cart'], fresh));
    await replica().run();
    now += 5 * HOUR;
    await learn(standing('i1', ['cart'], { state: 'resolved' }));
    await replica().run();
    expect(told.map(({ to }) => to)).toEqual(['open', 'resolved']);
  });

  it('what becomes pressing now is told now, however long it goes on', async () => {
    await learn(
      standing('i1', ['cart'], {
        before: { state: 'open', priority: 4, serviceIds: ['cart'] },
      }),
    );
    expect(await replica().run()).toBe(1);
  });

  it('is folded by one replica', async () => {
    await learn(
      ...Array.from({ length: 30 }, (_, at) => standing(`i${at}`, ['cart'])),
    );
    now += 2 * MINUTE;
    await Promise.all([replica().run(), replica().run(), replica().run()]);
    now += MINUTE;
    await replica().run();
    expect(told).toHaveLength(1);
  });

  it('a digest that is given up has no ends that are told', async () => {
    fails = true;
    await learn(standing('i1', ['cart']), standing('i2', ['cart']));
    now += 2 * MINUTE;
    for (let minute = 0; minute < 20; minute += 1) {
      await replica().run();
      now += MINUTE;
    }
    fails = false;
    await learn(standing('i1', ['cart'], { state: 'resolved' }));
    await replica().run();
    expect(told).toEqual([]);
  });
});
