import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { people } from '../__testUtils__/people';
import { deploymentRow } from '../__testUtils__/seed';
import {
  at,
  iso,
  keysOf,
  startIncidentHub,
} from '../__testUtils__/startIncidentHub';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('incident routes on %s', id => {
  type Hub = Awaited<ReturnType<typeof startIncidentHub>>;
  let hub: Hub;
  let database: Knex;
  let get: Hub['get'];
  let one: Hub['one'];
  let order: Hub['order'];
  let ids: Hub['ids'];

  beforeAll(async () => {
    database = await databases.init(id);
    hub = await startIncidentHub(database);
    ({ get, one, order, ids } = hub);
  });

  afterAll(async () => {
    await hub.stop();
  });

  it('lists those of visible services, newest first, page by page', async () => {
    expect(order).toEqual(['secret 1', 'late', '3', 'other 2']);
    const { body } = await get('/incidents?limit=1');
    expect(body.items.map(keysOf)).toEqual([['secret', '1']]);
    const next = await get(`/incidents?limit=5&cursor=${body.nextCursor}`);
    expect(next.body.items.map(keysOf)).toEqual([['late'], ['other', '2']]);
    expect(next.body).toMatchObject({
      facets: {
        owners: ['group:default/payments'],
        systems: [],
        unresolved: 1,
      },
      sources: { total: 2, fine: 2 },
    });
    expect(next.body.nextCursor).toBeUndefined();
  });

  it.each([
    [
      'state=unresolved&from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z',
      ['secret 1'],
    ],
    ['state=resolved', ['late', 'other 2']],
    ['priority=2', []],
    ['priority=1', ['secret 1', 'late', 'other 2']],
    ['text=LATE', ['late']],
    ['owner=group:default/payments', ['secret 1', 'late', 'other 2']],
    ['owner=group:default/storefront', []],
    ['environment=staging', ['secret 1', 'late', 'other 2']],
    [`from=${iso(105)}&to=${iso(208)}`, ['late']],
    [`from=${iso(115)}&to=${iso(209)}`, ['secret 1', 'late']],
  ])('filtered by %s', async (query, expected) => {
    const { body } = await get(`/incidents?${query}`);
    expect(body.items.map((item: any) => keysOf(item).join(' '))).toEqual(
      expected,
    );
    expect(body.empty?.reason).toBe(
      expected.length ? undefined : 'nothing-found',
    );
  });

  it('tells nothing of references of services that one may not see', async () => {
    const { body } = await get(`/incidents/${ids['secret 1']}`, people.other);
    expect(body.incident).toMatchObject({
      title: 'pd 1 of BOTH',
      services: [{ title: 'search-api' }],
      hidden: 1,
      startedAt: iso(208),
    });
    expect(keysOf(body.incident)).toEqual(['1']);
    expect(JSON.stringify(body)).not.toMatch(/secret|payments|PAY/);
    const list = await get('/incidents?text=secret', people.other);
    expect(list.body.items).toEqual([]);
    const lines = await get(
      '/services/component/default/search-api/timeline?kinds=incident',
      people.other,
    );
    expect(lines.body.items.map((each: any) => each.title)).toEqual([
      'pd 1 of BOTH',
      'pd 3 of SEARCH',
    ]);
    expect((await one(ids['other 2'], people.other)).error.name).toBe(
      'NotFoundError',
    );
  });

  it('says which of them the caller may change, where that is asked', async () => {
    const mine = async (as = people.owner) => {
      const { body } = await get('/incidents?editable=true', as);
      return body.editable.map(
        (each: string) =>
          Object.entries(ids).find(([, value]) => value === each)?.[0],
      );
    };
    expect(await mine()).toEqual(['secret 1', 'late', 'other 2']);
    expect(await mine(people.other)).toEqual(['secret 1', '3']);
    expect(await mine(people.platform)).toEqual([]);
    expect((await get('/incidents')).body.editable).toBeUndefined();
  });

  it('of a service says which there are none of, where one state is asked for', async () => {
    const { body } = await get(
      '/services/component/default/payments-api/incidents?state=mitigated',
    );
    expect(body.empty).toMatchObject({
      reason: 'nothing-found',
      text: expect.stringMatching(
        /^No mitigated incident of payments-api from/,
      ),
    });
    expect(body.empty.text).not.toContain('filters');
  });

  it('of a service says who is on call now, and the tile what is open', async () => {
    const list = await get(
      '/services/component/default/payments-api/incidents?state=unresolved',
    );
    expect(list.body.items.map(keysOf)).toEqual([['secret', '1']]);
    expect(list.body.onCall).toMatchObject([
      { person: { name: 'Person 1' }, level: 1, source: 'pd' },
    ]);
    const { body } = await get(
      '/services/component/default/payments-api/summary',
    );
    expect(body.tiles.incidents).toMatchObject({
      state: 'bad',
      headline: '1 open  P1',
      at: iso(208),
    });
    expect(body.header.onCall).toHaveLength(1);
    const fleet = await get('/fleet', people.platform);
    expect(
      fleet.body.items.map(({ incidents }: any) => incidents.headline),
    ).toEqual(['1 open  P1', '1 open  P1']);
  });

  it('one tells what was being rolled out when it began, and not what began later', async () => {
    const { id: service_id } = await database('service')
      .where('ref', 'component:default/payments-api')
      .first('id');
    const rollouts = [
      { id: 'culprit', started_at: at(204), finished_at: at(220) },
      // Nobody told when it began: by the first target that had it.
      { id: 'first', first_finished_at: at(207), finished_at: at(212) },
      { id: 'later', started_at: at(209), finished_at: at(215) },
      { id: 'over', started_at: at(100), finished_at: at(206) },
    ];
    await database('deployment').insert(
      rollouts.map(each =>
        deploymentRow({ version: each.id, ...each, service_id }),
      ),
    );
    await database('timeline').insert(
      rollouts.map(each => ({
        id: `line ${each.id}`,
        service_id,
        environment: 'production',
        at: each.finished_at,
        kind: 'deployment',
        record_id: each.id,
        entry: JSON.stringify({ title: each.id, status: 'ok', flags: [] }),
        search: '',
      })),
    );
    const { before } = await one(ids['secret 1']);
    expect(
      before.map((each: any) => [each.title, each.at, each.underWaySince]),
    ).toEqual([
      ['culprit', iso(220), iso(204)],
      ['first', iso(212), iso(207)],
      ['over', iso(206), undefined],
      ['Deployed v7', iso(203), undefined],
    ]);
    // Who may not see the service is told of none of them.
    const others = await one(ids['secret 1'], people.other);
    expect(others.before).toEqual([]);
  });

  it('one tells its runbooks, times and who may correct it', async () => {
    const details = await one(ids['other 2']);
    expect(details).toMatchObject({
      canEdit: true,
      runbooks: ['https://wiki.example/PAY', 'https://wiki.example/payments'],
      incident: {
        state: 'resolved',
        times: {
          detect: { n: 0, reason: 'Nobody told when the impact started' },
          restore: { value: 10 * 60, unit: 'seconds', n: 1 },
        },
        instants: {
          resolvedAt: {
            at: iso(30),
            words: [{ origin: { key: '2' } }, { origin: { key: 'other' } }],
          },
        },
      },
      noChange: { state: 'candidate' },
    });
    expect((await one(ids['other 2'], people.platform)).canEdit).toBe(false);
    expect((await one(ids['secret 1'], people.other)).canEdit).toBe(true);
    expect((await one(ids['other 2'], people.service)).canEdit).toBe(false);
  });
});
