import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Effect, EffectRequest } from '@day2/backstage-plugin-day2-node';
import { TestHub } from '../__testUtils__/testHub';
import { inTransaction } from '../database';
import { EffectQueue } from './EffectQueue';
import { EffectWorker } from './EffectWorker';
import { GATHER_MS } from './lateness';
import type { Standing } from './Standing';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

describe.each(databases.eachSupportedId())(
  'what a clock queued that was ahead, on %s',
  id => {
    async function start() {
      const hub = await TestHub.create(await databases.init(id));
      await hub.addService({ id: 'cart', ref: 'component:default/cart' });
      const told: string[] = [];
      const teller: Effect = {
        id: 'teller',
        kinds: ['incident'],
        async deliver({ to, title }: EffectRequest) {
          told.push(`${to} ${title}`);
        },
      };
      const logger = mockServices.logger.mock();
      const now = () => hub.time;
      const { database } = hub;
      const queue = EffectQueue.create({
        effects: () => [teller],
        logger,
        now,
      });
      const worker = EffectWorker.create({
        database,
        logger,
        effect: () => teller,
        now,
      });
      const real = hub.time;
      const becomes = (state: string, options: { since?: number } = {}) =>
        inTransaction(database, transaction =>
          queue.queue(transaction, [
            {
              kind: 'incident',
              recordId: 'i1',
              aliases: ['i1'],
              state,
              since: () => options.since ?? now(),
              serviceIds: ['cart'],
              path: '/i1',
              parts: [{ serviceIds: ['cart'], title: 'Down' }],
              origins: [],
            } satisfies Standing,
          ]),
        );
      return { hub, worker, told, real, becomes };
    }

    it.each<[string, { since?: (real: number) => number }]>([
      ['as news', {}],
      // By that clock it began a day ago.
      ['as late', { since: real => real }],
    ])('is told within minutes where it goes on: %s', async (_, { since }) => {
      const { hub, worker, told, real, becomes } = await start();
      hub.time = real + DAY_MS;
      await becomes('open', { since: since?.(real) });
      hub.time = real;
      await worker.run();
      hub.time = real + GATHER_MS;
      await worker.run();
      expect(told).toEqual(['open Down']);
      hub.time = real + 30 * MINUTE_MS;
      await becomes('resolved');
      await worker.run();
      hub.time = real + 2 * DAY_MS;
      await worker.run();
      expect(told).toEqual(['open Down', 'resolved Down']);
    });

    it('is told to nobody where it is over by then', async () => {
      const { hub, worker, told, real, becomes } = await start();
      hub.time = real + DAY_MS;
      await becomes('open');
      hub.time = real;
      await worker.run();
      await becomes('resolved');
      for (const later of [GATHER_MS, DAY_MS, 2 * DAY_MS]) {
        hub.time = real + later;
        await worker.run();
      }
      expect(told).toEqual([]);
      expect(await hub.database('effect').distinct().pluck('state')).toEqual([
        'outdated',
      ]);
    });

    it('is not held back by a claim that a clock made which was ahead', async () => {
      const { hub, worker, told, real, becomes } = await start();
      await becomes('open');
      await hub.database('effect').update({
        claimed_by: 'gone',
        claimed_until: real + DAY_MS,
      });
      await worker.run();
      expect(told).toEqual(['open Down']);
    });
  },
);
