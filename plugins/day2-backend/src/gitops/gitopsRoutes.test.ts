import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { startGitopsHub } from '../__testUtils__/gitopsHub';
import { component, people } from '../__testUtils__/people';
import { deploymentRow, seedChange } from '../__testUtils__/seed';
import { sourceOf, startHub } from '../__testUtils__/startHub';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('gitops routes on %p', id => {
  let database: Knex;
  let hub: Awaited<ReturnType<typeof startGitopsHub>>;

  beforeAll(async () => {
    database = await databases.init(id);
    hub = await startGitopsHub({ database });
  });

  afterAll(async () => {
    await hub.stop();
  });

  it('tells the applications of a service, production first, with why', async () => {
    const { items, asOf, sources } = await hub.gitops(
      'payments-api',
      people.owner,
    );
    // Argo CD's alone, whatever else feeds the service.
    expect(sources).toMatchObject({ total: 1, fine: 1, problems: [] });
    expect(items).toMatchObject([
      {
        name: 'pay-production',
        environment: 'production',
        target: 'eu-1',
        sync: 'pending',
        failing: true,
        stale: false,
        serviceRefs: ['component:default/payments-api'],
        source: { id: 'argocd:eu', title: 'eu' },
        operation: {
          message: 'hook failed',
          actor: { id: expect.any(String) },
        },
      },
      { environment: 'staging', sync: 'synced', failing: false },
    ]);
    expect(items[0].syncReasons.map(({ code }) => code)).toEqual([
      'desired-differs',
      'operation-failed',
    ]);
    expect(Date.parse(asOf!)).not.toBeNaN();
    await expect(
      hub.gitops('payments-api', people.owner, { environment: 'staging' }),
    ).resolves.toMatchObject({ items: [{ environment: 'staging' }] });
    await expect(
      hub.gitops('payments-api', people.owner, { environment: 'moon' }),
    ).resolves.toMatchObject({
      items: [],
      empty: { reason: 'nothing-found' },
    });
  });

  it('names of the services of an application only those the caller may see', async () => {
    const refsFor = async (as: string) =>
      (await hub.gitops('search-api', as)).items
        .filter(({ name }) => name === 'shared-production')
        .map(({ serviceRefs }) => serviceRefs);
    await expect(refsFor(people.other)).resolves.toEqual([
      ['component:default/search-api'],
    ]);
    await expect(refsFor(people.platform)).resolves.toEqual([
      ['component:default/ledger', 'component:default/search-api'],
    ]);
  });

  it('says which annotation is missing where no application is tied', async () => {
    const { empty } = await hub.gitops('lonely', people.other);
    expect(empty).toMatchObject({
      reason: 'annotation-missing',
      fix: {
        annotation: { key: 'argocd/app-name', value: 'lonely-production' },
      },
    });
    await expect(hub.tile('lonely')).resolves.toMatchObject({
      state: 'empty',
      empty: { reason: 'annotation-missing' },
    });
  });

  it('sums the worst first on the tile', async () => {
    await expect(hub.tile('payments-api')).resolves.toMatchObject({
      state: 'bad',
      headline: '1 pending, failing',
      detail: 'pending, failing in production eu-1',
    });
    await expect(hub.tile('search-api')).resolves.toMatchObject({
      state: 'attention',
      headline: '1 drifted',
    });
    await expect(hub.tile('ledger')).resolves.toMatchObject({
      state: 'ok',
      headline: 'Synced',
      at: new Date(1_000).toISOString(),
    });
  });

  it('shows the fleet in a row each, filtered and counted', async () => {
    const rows = await hub.fleet(people.platform);
    expect(
      rows.items.map(({ service, sync }) => [service.title, sync.state]),
    ).toEqual([
      ['ledger', 'ok'],
      ['lonely', 'empty'],
      ['payments-api', 'bad'],
      ['search-api', 'attention'],
    ]);
    expect(rows.facets).toEqual({
      owners: [
        { ref: 'group:default/payments', services: 2 },
        { ref: 'group:default/storefront', services: 2 },
      ],
      systems: [],
      sync: [
        { state: 'bad', services: 1 },
        { state: 'attention', services: 1 },
        { state: 'ok', services: 1 },
        { state: 'empty', services: 1 },
      ],
      total: 4,
    });
    expect(rows.items[0].objectives).toMatchObject({
      state: 'empty',
      why: expect.stringMatching(/No file says which objectives/),
    });
    for (const [state, why] of [
      ['incidents', /No source that knows incidents/],
      ['cost', /connector/],
    ] as const) {
      expect(rows.items[0][state]).toMatchObject({
        state: 'empty',
        why: expect.stringMatching(why),
      });
    }
    const titles = async (as: string, query: object) =>
      (await hub.fleet(as, query)).items.map(({ service }) => service.title);
    const all = ['ledger', 'lonely', 'payments-api', 'search-api'];
    for (const [query, expected] of [
      [{ owner: 'group:default/payments' }, ['ledger', 'payments-api']],
      [{ owner: 'Group:default/Engineering' }, all],
      [{ sync: 'bad' }, ['payments-api']],
      [{ sync: 'empty' }, ['lonely']],
      [{ sync: 'unknown' }, []],
      [{ text: 'API' }, ['payments-api', 'search-api']],
      [{ system: 'system:default/none' }, []],
    ] as const) {
      await expect(titles(people.platform, query)).resolves.toEqual(expected);
    }
    // The visible set governs rows and counts alike.
    const mine = await hub.fleet(people.other);
    expect(mine.items.map(({ service }) => service.title)).toEqual([
      'lonely',
      'search-api',
    ]);
    expect(mine.facets.total).toBe(2);
    await expect(hub.fleet(people.nobody)).resolves.toMatchObject({
      items: [],
      facets: { total: 0 },
      empty: { reason: 'forbidden' },
    });
    await expect(
      hub.fleet(people.platform, { text: 'zzz' }),
    ).resolves.toMatchObject({ empty: { reason: 'nothing-found' } });
  });

  it('goes on from page to page', async () => {
    const first = await hub.fleet(people.platform, { limit: 3 });
    const next = await hub.fleet(people.platform, {
      limit: 3,
      cursor: first.nextCursor,
    });
    expect(
      [...first.items, ...next.items].map(({ service }) => service.title),
    ).toEqual(['ledger', 'lonely', 'payments-api', 'search-api']);
    expect(next.nextCursor).toBeUndefined();
  });

  it('tells version and changes of production', async () => {
    const { id: serviceId } = await database('service')
      .where('ref', 'component:default/ledger')
      .first('id');
    const at = Date.now() - 86_400_000;
    await database('deployment').insert(
      deploymentRow({
        id: 'd',
        service_id: serviceId,
        finished_at: at,
        outcome: 'failed',
      }),
    );
    await database('running').insert({
      service_id: serviceId,
      environment: 'production',
      line: '',
      target: '',
      deployment_id: 'd',
      version: 'v7',
      since: at,
      position: 1,
    });
    await seedChange(database, { id: 'c', at, services: [{ id: serviceId }] });
    const [row] = (await hub.fleet(people.platform, { text: 'ledger' })).items;
    expect(row).toMatchObject({
      version: 'v7',
      deployedAt: new Date(at).toISOString(),
      changes: {
        state: 'attention',
        headline: '1 change',
        detail: '1 deployment, 1 failed',
        at: new Date(at).toISOString(),
      },
    });
  });
});

describe('without a source that knows live state', () => {
  it('says how to configure one', async () => {
    const database = await databases.init('SQLITE_3');
    const hub = await startHub({
      database,
      entities: () => [component('payments-api', 'payments')],
      sources: [sourceOf({ id: 'git:gitops' })],
    });
    const { body } = await hub.call(
      'get',
      '/services/component/default/payments-api/gitops',
      people.owner,
    );
    expect(body.empty).toMatchObject({
      reason: 'source-not-configured',
      fix: { config: expect.stringContaining('argocd:') },
    });
    const { body: rows } = await hub.call('get', '/fleet', people.platform);
    expect(rows.items).toMatchObject([
      { sync: { state: 'empty', why: expect.stringContaining('Argo CD') } },
    ]);
    await hub.stop();
  });
});
