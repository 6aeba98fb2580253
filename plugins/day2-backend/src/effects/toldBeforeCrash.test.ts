import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Effect } from '@day2/backstage-plugin-day2-node';
import { TestHub } from '../__testUtils__/testHub';
import { inTransaction } from '../database';
import { EffectQueue } from './EffectQueue';
import { EffectWorker } from './EffectWorker';
import type { Standing } from './Standing';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const HOUR_MS = 3_600_000;
const GATHER_MS = 3 * 60_000;

describe.each(databases.eachSupportedId())(
  'what was told just before a crash, on %p',
  id => {
    async function start() {
      const hub = await TestHub.create(await databases.init(id));
      await hub.addService({ id: 'cart', ref: 'component:default/cart' });
      await hub.database('service').update({ owner: 'group:default/shop' });
      const told: string[] = [];
      const keys = new Set<string>();
      const tool = { isDown: false };
      const teller: Effect = {
        id: 'teller',
        kinds: ['incident'],
        async deliver({ idempotencyKey, to, title }) {
          keys.add(idempotencyKey);
          told.push(`${to} ${title}`);
        },
        async find(key) {
          if (tool.isDown) {
            throw new Error('It is down');
          }
          return keys.has(key);
        },
      };
      const logger = mockServices.logger.mock();
      const { database } = hub;
      const now = () => hub.time;
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
      const become = (state: string, ...recordIds: string[]) =>
        inTransaction(database, transaction =>
          queue.queue(
            transaction,
            recordIds.map(
              (recordId): Standing => ({
                kind: 'incident',
                recordId,
                aliases: [recordId],
                state,
                since: now,
                serviceIds: ['cart'],
                path: `/${recordId}`,
                parts: [{ serviceIds: ['cart'], title: recordId }],
                origins: [],
              }),
            ),
          ),
        );
      /** Three are queued; of the first it was told, and not noted. */
      async function crash() {
        await become('open', 'i1', 'i2', 'i3');
        const row = database('effect').where({ record_id: 'i1' });
        const { id: key } = await row.clone().first('id');
        keys.add(key);
        told.push('open i1');
        await row.clone().update({
          attempts: 1,
          claimed_by: 'gone',
          claimed_until: hub.time + 1,
        });
        hub.time += HOUR_MS;
      }
      return { hub, worker, told, tool, become, crash };
    }

    it('is not told again among others', async () => {
      const { hub, worker, told, become, crash } = await start();
      await crash();
      await worker.run();
      hub.time += GATHER_MS;
      await worker.run();
      await worker.run();
      expect(told).toEqual([
        'open i1',
        'open 2 incidents that were learnt of late go on',
      ]);
      await become('resolved', 'i1');
      await worker.run();
      expect(told.slice(2)).toEqual(['resolved i1']);
    });

    it('has its end told, also where that came meanwhile', async () => {
      const { hub, worker, told, become, crash } = await start();
      await crash();
      await become('resolved', 'i1');
      await worker.run();
      hub.time += GATHER_MS;
      await worker.run();
      expect(told.slice(0, 2)).toEqual(['open i1', 'resolved i1']);
    });

    it('is asked for again where its tool does not answer', async () => {
      const { hub, worker, told, tool, crash } = await start();
      await crash();
      tool.isDown = true;
      await worker.run();
      expect(
        await hub.database('effect').where({ record_id: 'i1' }).first(),
      ).toMatchObject({ state: 'pending', error: 'It is down', attempts: 2 });
      tool.isDown = false;
      for (let minute = 0; minute < 10; minute += 1) {
        hub.time += 60_000;
        await worker.run();
      }
      expect(told).toEqual([
        'open i1',
        'open 2 incidents that were learnt of late go on',
      ]);
      const states = hub.database('effect').where({ record_id: 'i1' });
      expect(await states.pluck('state')).toEqual(['done']);
    });
  },
);
