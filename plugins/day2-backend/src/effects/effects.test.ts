import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Effect, EffectRequest } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { inTransaction, migrateDatabase } from '../database';
import { EffectRegistry } from './EffectRegistry';
import { EffectWorker } from './EffectWorker';
import { queueEffects, type Transition } from './queueEffects';

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
  const workerOf = (effect: Effect) =>
    EffectWorker.create({
      database,
      logger: mockServices.logger.mock(),
      effect: name => (name === effect.id ? effect : undefined),
      now: () => now,
    });
  const transition = (over: Partial<Transition>): Transition => ({
    kind: 'incident',
    recordId: 'i1',
    at: now,
    to: 'open',
    title: 'Checkout fails',
    priority: 1,
    services: ['component:default/cart'],
    path: '/day2/incidents/i1',
    backfill: false,
    ...over,
  });
  const queue = (...transitions: Transition[]) =>
    inTransaction(database, transaction =>
      queueEffects({ transaction, effects: [teller], transitions, now }),
    );

  beforeEach(async () => {
    database = await databases.init(id);
    await migrateDatabase({ database });
    now = Date.parse('2026-11-01T00:00:00Z');
    told = [];
    fails = () => false;
  });

  it('tells each transition once, however often it is derived', async () => {
    await queue(transition({}));
    await queue(transition({}));
    expect(await workerOf(teller).run()).toBe(1);
    await queue(transition({}));
    expect(await workerOf(teller).run()).toBe(0);
    expect(told).toEqual(['i1 open']);
  });

  it('tells nothing of the past, nothing that is old, and nothing unwanted', async () => {
    await queue(
      transition({ backfill: true }),
      transition({ recordId: 'i2', at: now - 15 * MINUTE }),
      transition({ recordId: 'i3', priority: 4 }),
      transition({ recordId: 'i4', kind: 'objective' }),
      transition({ recordId: 'i5', at: now - 15 * MINUTE + 1 }),
    );
    await workerOf(teller).run();
    expect(told).toEqual(['i5 open']);
  });

  it('keeps the order of a record where one fails, and holds up no other', async () => {
    fails = ({ recordId, to }) => recordId === 'i1' && to === 'open';
    await queue(
      transition({}),
      transition({ at: now + 1, from: 'open', to: 'resolved' }),
      transition({ recordId: 'i2' }),
    );
    const worker = workerOf(teller);
    await worker.run();
    expect(told).toEqual(['i2 open']);
    expect(
      await database('effect')
        .where({ record_id: 'i1' })
        .orderBy('at')
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
    await queue(transition({}));
    const worker = workerOf(teller);
    for (let minute = 0; minute < 16; minute += 1) {
      await worker.run();
      now += MINUTE;
    }
    expect(await database('effect').first('state')).toEqual({
      state: 'given-up',
    });
    fails = () => false;
    await queue(transition({ from: 'open', to: 'resolved' }));
    await worker.run();
    expect(told).toEqual(['i1 resolved']);
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
    await queue(transition({}));
    const worker = workerOf(careful);
    await worker.run();
    now += MINUTE;
    expect(await worker.run()).toBe(1);
    expect(told).toEqual(['open']);
  });

  it('is shared by replicas, and taken over from one that died', async () => {
    await queue(
      ...Array.from({ length: 50 }, (_, at) =>
        transition({ recordId: `i${at}` }),
      ),
    );
    await Promise.all([workerOf(teller).run(), workerOf(teller).run()]);
    expect([...told].sort()).toEqual(
      Array.from({ length: 50 }, (_, at) => `i${at} open`).sort(),
    );
    await queue(transition({ recordId: 'last' }));
    await database('effect')
      .where({ record_id: 'last' })
      .update({ claimed_by: 'dead', claimed_until: now + MINUTE });
    expect(await workerOf(teller).run()).toBe(0);
    now += MINUTE;
    expect(await workerOf(teller).run()).toBe(1);
  });

  it('forgets what is long done', async () => {
    await queue(transition({}));
    await workerOf(teller).run();
    now += 31 * 24 * 60 * MINUTE;
    await workerOf(teller).run();
    expect(await database('effect')).toEqual([]);
  });
});

it('an effect is added once', () => {
  const registry = EffectRegistry.create();
  const effect: Effect = { id: 'a', kinds: [], deliver: async () => {} };
  registry.addEffect(effect);
  expect(() => registry.addEffect(effect)).toThrow('add each module once');
  expect(registry.list()).toEqual([effect]);
});
