import { TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { Knex } from 'knex';
import {
  catalogComponent as component,
  catalogSystem as system,
  TestDirectory,
} from '../__testUtils__/testDirectory';
import { migrateDatabase } from '../database';
import { ServiceStore } from './ServiceStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'replicas of the directory on %p',
  id => {
    let database: Knex;
    let world: TestDirectory;

    beforeEach(async () => {
      database = await databases.init(id);
      await migrateDatabase({ database });
      world = TestDirectory.create(database);
    });

    const serve = (entities: Entity[]) => world.serve(entities);
    const store = () => ServiceStore.create({ database });

    it('records the entity of a page at once, and no other kind', async () => {
      const directory = world.directory();
      serve([]);
      await expect(directory.record(component('new'))).resolves.toBe(true);
      await expect(directory.record(system('shop', 'retail'))).resolves.toBe(
        false,
      );
      await expect(
        store().byRef('component:default/new'),
      ).resolves.toBeDefined();
      await expect(
        store().byRef('system:default/shop'),
      ).resolves.toBeUndefined();
    });

    it('is due each minute, and sooner while the catalog fills', async () => {
      const directory = world.directory();
      const lease = world.lease('a');
      const dueAfter = async () => {
        for (let seconds = 0; ; seconds += 10) {
          if (await lease.isDue()) {
            return seconds;
          }
          world.now += 10_000;
        }
      };
      expect(await dueAfter()).toBe(0);
      serve([]);
      await directory.reconcile();
      expect(await dueAfter()).toBe(10);
      serve([component('a')]);
      await directory.reconcile();
      expect(await dueAfter()).toBe(10);
      await directory.reconcile();
      expect(await dueAfter()).toBe(60);
      world.catalog = {
        streamEntities: () => {
          throw new Error('away');
        },
      } as never;
      await expect(directory.reconcile()).rejects.toThrow('away');
      expect(await dueAfter()).toBe(10);
    });

    it('is one replica at a time, and survives a killed one', async () => {
      const [a, b] = [world.directory('a'), world.directory('b')];
      serve([component('cart')]);
      const lease = world.lease('killed');
      await lease.take();
      world.asked = 0;
      await expect(a.reconcile()).resolves.toBeUndefined();
      expect(world.asked).toBe(0);
      world.now += 60_000;
      const results = await Promise.all([a.reconcile(), b.reconcile()]);
      expect(
        results.filter(result => result === undefined).length,
      ).toBeLessThan(2);
      await expect(database('service').count({ n: '*' })).resolves.toEqual([
        { n: expect.anything() },
      ]);
      await expect(database('service')).resolves.toHaveLength(1);
    });

    it('writes nothing where the entity is known as it is', async () => {
      const directory = world.directory();
      const cart = component('cart', { etag: '1', spec: { system: 'shop' } });
      serve([system('shop', 'retail'), cart]);
      await directory.reconcile();
      const seen = async () => {
        const { seen_at, title, domain } = await database('service').first();
        return [Number(seen_at), title, domain];
      };
      world.now += 1;
      // Another replica's, which has made no pass yet.
      const other = world.directory('b');
      await expect(other.record(cart)).resolves.toBe(true);
      expect(await seen()).toEqual([
        1_000_000,
        'cart',
        'domain:default/retail',
      ]);
      // What changed is written, and keeps the domain of its system.
      const changed = component('cart', {
        etag: '2',
        title: 'Cart',
        spec: { system: 'shop' },
      });
      await expect(other.record(changed)).resolves.toBe(true);
      expect(await seen()).toEqual([
        1_000_001,
        'Cart',
        'domain:default/retail',
      ]);
    });

    it('reads an entity again that another version of the reader recorded', async () => {
      const directory = world.directory();
      serve([component('cart', { etag: '1' })]);
      await directory.reconcile();
      await database('service').update({ etag: '0:1' });
      await expect(directory.reconcile()).resolves.toMatchObject({
        changed: 1,
      });
      await expect(directory.reconcile()).resolves.toMatchObject({
        changed: 0,
      });
    });

    it('writes nothing more once another replica took over', async () => {
      const directory = world.directory();
      const streams = {
        streamEntities: async function* pages(request: any) {
          if (request.filter.kind.includes('component')) {
            yield [component('a')];
            world.now += 60_000;
            await world.lease('other').take();
            yield [component('b')];
          }
        },
      };
      world.catalog = streams as never;
      await expect(directory.reconcile()).rejects.toThrow(/took over/);
      await expect(database('service').select('ref')).resolves.toEqual([
        { ref: 'component:default/a' },
      ]);
    });
  },
);
