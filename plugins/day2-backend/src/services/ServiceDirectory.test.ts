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

describe.each(databases.eachSupportedId())('ServiceDirectory on %p', id => {
  let database: Knex;
  let world: TestDirectory;

  beforeEach(async () => {
    database = await databases.init(id);
    await migrateDatabase({ database });
    world = TestDirectory.create(database);
  });

  const serve = (entities: Entity[]) => world.serve(entities);
  const store = () => ServiceStore.create({ database });
  const history = async (serviceId: string) =>
    (
      await database('service_history')
        .where('service_id', serviceId)
        .orderBy('valid_from')
    ).map(row => ({
      owner: row.owner,
      domain: row.domain,
      tier: row.tier,
      removed: Boolean(row.removed),
      from: Number(row.valid_from),
      to: row.valid_to === null ? undefined : Number(row.valid_to),
    }));

  it('keeps owner, domain, tier and dependencies over time', async () => {
    const directory = world.directory();
    serve([
      system('checkout', 'retail'),
      component('cart', {
        etag: '1',
        annotations: { 'day2/tier': '1' },
        spec: { system: 'checkout', dependsOn: ['component:ledger'] },
      }),
    ]);
    await directory.reconcile();
    const before = await store().byRef('component:default/cart');
    expect(before).toMatchObject({
      owner: 'group:default/payments',
      system: 'system:default/checkout',
      domain: 'domain:default/retail',
      tier: 1,
    });

    world.now = 2_000_000;
    serve([
      system('checkout', 'sales'),
      component('cart', {
        etag: '2',
        spec: {
          owner: 'storefront',
          system: 'checkout',
          dependsOn: ['component:pricing'],
        },
      }),
    ]);
    await directory.reconcile();

    const [first, second] = await history(before!.id);
    expect(first).toEqual({
      owner: 'group:default/payments',
      domain: 'domain:default/retail',
      tier: 1,
      removed: false,
      from: 1_000_000,
      to: 2_000_000,
    });
    expect(second).toMatchObject({
      owner: 'group:default/storefront',
      domain: 'domain:default/sales',
      tier: null,
      from: 2_000_000,
      to: undefined,
    });
    const dependencies = await database('service_dependency').orderBy(
      'depends_on',
    );
    expect(
      dependencies.map(row => [
        row.depends_on,
        row.valid_to && Number(row.valid_to),
      ]),
    ).toEqual([
      ['component:default/ledger', 2_000_000],
      ['component:default/pricing', null],
    ]);
  });

  it('sees a domain that moved though the component did not', async () => {
    const directory = world.directory();
    const cart = component('cart', { etag: '1', spec: { system: 'shop' } });
    serve([system('shop', 'retail'), cart]);
    await directory.reconcile();
    world.now += 1;
    serve([system('shop', 'sales'), cart]);
    await directory.reconcile();
    await expect(
      store().byRef('component:default/cart'),
    ).resolves.toMatchObject({ domain: 'domain:default/sales' });
  });

  it('skips what has not changed', async () => {
    const directory = world.directory();
    serve([component('cart', { etag: '1' }), component('ledger')]);
    await expect(directory.reconcile()).resolves.toMatchObject({ changed: 2 });
    await expect(directory.reconcile()).resolves.toEqual({
      seen: 2,
      changed: 0,
      removed: 0,
      kept: 0,
    });
  });

  it('makes tombstones, and goes on with the same id', async () => {
    const directory = world.directory();
    const others = ['a', 'b', 'c', 'd'].map(name => component(name));
    serve([component('cart'), ...others]);
    await directory.reconcile();
    const before = await store().byRef('component:default/cart');

    world.now = 2_000_000;
    serve(others);
    await expect(directory.reconcile()).resolves.toMatchObject({ removed: 1 });
    await expect(
      store().byRef('component:default/cart'),
    ).resolves.toMatchObject({ removedAt: 2_000_000 });

    world.now = 3_000_000;
    serve([component('cart'), ...others]);
    await directory.reconcile();
    const after = await store().byRef('component:default/cart');
    expect(after).toMatchObject({ id: before!.id, removedAt: undefined });
    expect((await history(before!.id)).map(line => line.removed)).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('removes nothing on an empty answer, however long it lasts', async () => {
    const directory = world.directory();
    serve([component('a'), component('b')]);
    await directory.reconcile();
    serve([]);
    await expect(directory.reconcile()).resolves.toMatchObject({
      removed: 0,
      kept: 2,
    });
    world.now += 25 * 3_600_000;
    await expect(directory.reconcile()).resolves.toMatchObject({ removed: 0 });
  });

  it('believes a large drop only after a day', async () => {
    const directory = world.directory();
    const all = ['a', 'b', 'c'].map(name => component(name));
    serve(all);
    await directory.reconcile();
    serve(all.slice(0, 2));
    await expect(directory.reconcile()).resolves.toMatchObject({
      removed: 0,
      kept: 1,
    });
    world.now += 23 * 3_600_000;
    await expect(directory.reconcile()).resolves.toMatchObject({ removed: 0 });
    world.now += 2 * 3_600_000;
    await expect(directory.reconcile()).resolves.toMatchObject({ removed: 1 });
  });

  it('removes nothing when the catalog fails half-way, and says so', async () => {
    const directory = world.directory();
    serve(['a', 'b', 'c', 'd'].map(name => component(name)));
    await directory.reconcile();
    const broken = world.catalog;
    world.catalog = {
      ...broken,
      streamEntities: async function* pages(request: any) {
        if (request.filter.kind.includes('component')) {
          yield [component('a')];
          throw new Error('the catalog went away');
        }
      },
    } as never;
    await expect(directory.reconcile()).rejects.toThrow('went away');
    await expect(
      database('service').whereNotNull('removed_at'),
    ).resolves.toEqual([]);
    const row = await database('source').where('id', 'catalog').first();
    expect(JSON.parse(row.error).text).toBe('the catalog went away');
    world.catalog = broken;
    await directory.reconcile();
    await expect(
      database('source').where('id', 'catalog').first(),
    ).resolves.toMatchObject({ error: null, failing_since: null });
  });

  it('asks for each missing one by name, as a page may have been short', async () => {
    const directory = world.directory();
    const all = ['a', 'b', 'c', 'd'].map(name => component(name));
    serve(all);
    await directory.reconcile();
    const whole = world.catalog;
    world.catalog = {
      getEntitiesByRefs: whole.getEntitiesByRefs.bind(whole),
      streamEntities: async function* pages(request: any) {
        if (request.filter.kind.includes('component')) {
          yield all.slice(0, 3);
        }
      },
    } as never;
    await expect(directory.reconcile()).resolves.toMatchObject({
      removed: 0,
      kept: 1,
    });
  });

  it('keeps the id over a rename that day2/previous-refs tells', async () => {
    const directory = world.directory();
    serve([component('cart'), component('b')]);
    await directory.reconcile();
    const before = await store().byRef('component:default/cart');
    world.now = 2_000_000;
    serve([
      component('basket', {
        annotations: { 'day2/previous-refs': 'component:default/cart' },
      }),
      component('b'),
    ]);
    await expect(directory.reconcile()).resolves.toMatchObject({ kept: 0 });
    const after = await store().byRef('component:default/basket');
    expect(after?.id).toBe(before?.id);
    // An old link still leads there.
    await expect(
      store().byRef('component:default/cart'),
    ).resolves.toMatchObject({ ref: 'component:default/basket' });
  });

  it('takes no id from an entity that is still there', async () => {
    const directory = world.directory();
    serve([component('cart')]);
    await directory.reconcile();
    serve([
      component('cart'),
      component('thief', {
        annotations: { 'day2/previous-refs': 'component:default/cart' },
      }),
    ]);
    await directory.reconcile();
    const [cart, thief] = await Promise.all([
      store().byRef('component:default/cart'),
      store().byRef('component:default/thief'),
    ]);
    expect(cart?.ref).toBe('component:default/cart');
    expect(thief?.id).not.toBe(cart?.id);
  });

  it('lets subjects be matched again when a matching annotation changed, and only then', async () => {
    const directory = world.directory();
    const annotated = (value: string, etag: string) =>
      component('cart', { etag, annotations: { 'day2/image': value } });
    serve([annotated('cart', '1')]);
    await directory.reconcile();
    await database('subject').insert({
      id: 's',
      source: 'git:x',
      key: 'k',
      kind: 'application',
      traits: '{}',
      traits_hash: '',
      traits_at: 0,
      traits_by: '',
      match_due: null,
    });
    const due = async () =>
      (await database('subject').first('match_due')).match_due !== null;
    serve([{ ...annotated('cart', '2'), spec: { owner: 'other' } as never }]);
    await directory.reconcile();
    await expect(due()).resolves.toBe(false);
    serve([annotated('basket', '3')]);
    await directory.reconcile();
    await expect(due()).resolves.toBe(true);
  });

  it('has SLO files read soon where a service is new or names others, and only then', async () => {
    const later = 9_000_000;
    await database('source').insert({
      id: 'openslo:catalog',
      next_run_at: later,
    });
    const directory = world.directory();
    const due = async () => {
      const row = await database('source').where({ id: 'openslo:catalog' });
      await database('source')
        .where({ id: 'openslo:catalog' })
        .update({ next_run_at: later });
      return Number(row[0].next_run_at) < later;
    };
    const withFiles = (etag: string, files: string) =>
      component('cart', { etag, annotations: { 'day2/objectives': files } });

    serve([component('cart', { etag: '1' })]);
    await directory.reconcile();
    expect(await due()).toBe(true);
    serve([component('cart', { etag: '2', annotations: { other: 'x' } })]);
    await directory.reconcile();
    expect(await due()).toBe(false);
    serve([withFiles('3', 'slo.yaml')]);
    await directory.reconcile();
    expect(await due()).toBe(true);
    serve([withFiles('3', 'slo.yaml')]);
    await directory.reconcile();
    expect(await due()).toBe(false);
  });

  it('maps users by their address', async () => {
    await database('person').insert({ id: 'p', name: 'Ana', created_at: 0 });
    await database('person_alias').insert({
      namespace: 'email',
      key: 'ana@tern.example',
      person_id: 'p',
    });
    serve([
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'User',
        metadata: { name: 'ana' },
        spec: { profile: { email: 'Ana@tern.example' } },
      },
    ]);
    await world.directory().reconcile();
    await expect(database('person').first()).resolves.toMatchObject({
      user_ref: 'user:default/ana',
    });
  });
});
