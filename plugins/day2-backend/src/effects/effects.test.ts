import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Effect, EffectRequest } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { TestHub } from '../__testUtils__/testHub';
import { until } from '../__testUtils__/until';
import { inTransaction } from '../database';
import { EffectQueue } from './EffectQueue';
import { EffectWorker } from './EffectWorker';
import type { Standing } from './Standing';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const MINUTE = 60_000;

describe.each(databases.eachSupportedId())('the outbox on %p', id => {
  let database: Knex;
  let now: number;
  let told: string[];
  let fails: (request: EffectRequest) => boolean;

  const teller: Effect = {
    id: 'teller',
    kinds: ['incident'],
    wants: ({ priority = 5 }) => priority <= 3,
    async deliver(request) {
      if (fails(request)) {
        throw new Error('refused by https://me:secret@host/x');
      }
      told.push(`${request.recordId} ${request.to}`);
    },
  };
  const logger = mockServices.logger.mock();
  const workerOf = (...effects: Effect[]) =>
    EffectWorker.create({
      database,
      logger,
      effect: name => effects.find(each => each.id === name),
      now: () => now,
    });
  const standing = (over: Partial<Standing>): Standing => ({
    kind: 'incident',
    recordId: 'i1',
    aliases: [over.recordId ?? 'i1'],
    state: 'open',
    since: () => now,
    priority: 1,
    serviceIds: ['cart'],
    path: '/day2/incidents/i1',
    parts: [{ serviceIds: ['cart'], title: 'Checkout fails' }],
    origins: [],
    ...over,
  });
  const queueFor = (effects: Effect[], ...standings: Standing[]) =>
    inTransaction(database, transaction =>
      EffectQueue.create({
        effects: () => effects,
        logger,
        now: () => now,
      }).queue(transaction, standings),
    );
  const queue = (...standings: Standing[]) => queueFor([teller], ...standings);

  beforeEach(async () => {
    const hub = await TestHub.create(await databases.init(id));
    await hub.addService({ id: 'cart', ref: 'component:default/cart' });
    database = hub.database;
    now = Date.parse('2026-11-01T00:00:00Z');
    told = [];
    fails = () => false;
  });

  it('tells each transition once, however often it is derived', async () => {
    await queue(standing({}));
    await queue(standing({}));
    expect(await workerOf(teller).run()).toBe(1);
    await queue(standing({}));
    expect(await workerOf(teller).run()).toBe(0);
    expect(told).toEqual(['i1 open']);
  });

  it('tells what is learnt late while it goes on, and nothing unwanted', async () => {
    const old = now - 300 * MINUTE;
    await queue(
      standing({ recordId: 'i2', since: () => old }),
      standing({ recordId: 'i3', priority: 4 }),
      standing({ recordId: 'i4', kind: 'objective' }),
      standing({ recordId: 'i5', state: 'resolved' }),
      standing({ recordId: 'i6', serviceIds: ['gone'] }),
    );
    await workerOf(teller).run();
    expect(told).toEqual([]);
    // Its end may come yet.
    now += 2 * MINUTE;
    await workerOf(teller).run();
    expect(told).toEqual(['i2 open']);
  });

  it('tells the end of what it told, by whatever way it came there', async () => {
    const pages: Effect = {
      ...teller,
      kinds: ['objective'],
      wants: ({ to }) => to === 'page',
    };
    const states = ['ticket', 'ok', 'page', 'ticket', 'page', 'ticket', 'ok'];
    for (const [at, state] of states.entries()) {
      const before = { state: states[at - 1] ?? 'ok', serviceIds: ['cart'] };
      await queueFor([pages], standing({ kind: 'objective', state, before }));
    }
    await workerOf(pages).run();
    expect(told).toEqual(['i1 page', 'i1 ok']);
  });

  it('keeps the order of a record where one fails, and holds up no other', async () => {
    fails = ({ recordId, to }) => recordId === 'i1' && to === 'open';
    await queue(standing({}), standing({ recordId: 'i2' }));
    await queue(standing({ state: 'resolved', since: () => now - MINUTE }));
    const worker = workerOf(teller);
    await worker.run();
    expect(told).toEqual(['i2 open']);
    expect(
      await database('effect')
        .where({ record_id: 'i1' })
        .orderBy('seq')
        .select('state', 'attempts', 'error'),
    ).toMatchObject([
      { state: 'pending', attempts: 1, error: 'refused by https://host/x' },
      { state: 'pending', attempts: 0, error: null },
    ]);
    // Not before its time.
    fails = () => false;
    expect(await worker.run()).toBe(0);
    now += 5_000;
    expect(await worker.run()).toBe(2);
    expect(told).toEqual(['i2 open', 'i1 open', 'i1 resolved']);
  });

  it('gives up what is no news any more, and goes on', async () => {
    fails = () => true;
    await queue(standing({}));
    const worker = workerOf(teller);
    for (let minute = 0; minute < 16; minute += 1) {
      await worker.run();
      now += MINUTE;
    }
    expect(await database('effect').first('state')).toEqual({
      state: 'given-up',
    });
    fails = () => false;
    await queue(standing({ state: 'resolved' }));
    await worker.run();
    // Nobody was told that it began.
    expect(told).toEqual([]);
  });

  it('asks whether it was done before it does it again', async () => {
    const done = new Set<string>();
    const careful: Effect = {
      ...teller,
      async deliver(request) {
        // Done, and the answer is lost.
        done.add(request.idempotencyKey);
        told.push(request.to);
        throw new Error('timed out');
      },
      find: async key => done.has(key),
    };
    await queue(standing({}));
    const worker = workerOf(careful);
    await worker.run();
    now += MINUTE;
    expect(await worker.run()).toBe(1);
    expect(told).toEqual(['open']);
  });

  it('lets a slow effect hold up no other, and waits for what is in hand', async () => {
    let go = () => {};
    const slow: Effect = {
      ...teller,
      id: 'slow',
      deliver: async ({ recordId }, { signal }) => {
        await new Promise<void>(resolve => {
          go = resolve;
        });
        told.push(`slow ${recordId}${signal.aborted ? ' aborted' : ''}`);
      },
    };
    const worker = workerOf(slow, teller);
    await queueFor([slow], standing({}));
    await queueFor([slow], standing({ recordId: 'i2' }));
    const running = worker.run();
    await until(async () => {
      const row = await database('effect').where({ attempts: 1 }).first();
      return row !== undefined;
    });
    // It has one in hand, and claims no other before its time.
    expect(
      await database('effect')
        .where('claimed_until', '>', 0)
        .pluck('record_id'),
    ).toEqual(['i1']);
    await queue(standing({}));
    const again = worker.run();
    await until(async () => told.includes('i1 open'));
    const stopped = worker.stop();
    go();
    await Promise.all([running, again, stopped]);
    expect(told).toEqual(['i1 open', 'slow i1']);
    expect(await database('effect').orderBy('seq').pluck('state')).toEqual([
      'done',
      'pending',
      'done',
    ]);
  });

  it('delivers nothing that somebody else has by now', async () => {
    const careful: Effect = {
      ...teller,
      // It takes long to ask: the claim lapses, and another takes it.
      find: async () => {
        await database('effect').update({ claimed_by: 'another' });
        return false;
      },
    };
    await queue(standing({}));
    await database('effect').update({ attempts: 1 });
    expect(await workerOf(careful).run()).toBe(0);
    expect(told).toEqual([]);
  });

  it('is shared by replicas, and taken over from one that died', async () => {
    await queue(
      ...Array.from({ length: 50 }, (_, at) =>
        standing({ recordId: `i${at}` }),
      ),
    );
    await Promise.all([workerOf(teller).run(), workerOf(teller).run()]);
    expect([...told].sort()).toEqual(
      Array.from({ length: 50 }, (_, at) => `i${at} open`).sort(),
    );
    await queue(standing({ recordId: 'last' }));
    await database('effect')
      .where({ record_id: 'last' })
      .update({ claimed_by: 'dead', claimed_until: now + MINUTE });
    expect(await workerOf(teller).run()).toBe(0);
    now += MINUTE;
    expect(await workerOf(teller).run()).toBe(1);
  });

  it('forgets what is long done', async () => {
    await queue(standing({}));
    await workerOf(teller).run();
    now += 31 * 24 * 60 * MINUTE;
    await workerOf(teller).run();
    expect(await database('effect')).toEqual([]);
  });
});
