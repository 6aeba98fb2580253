import { TestDatabases } from '@backstage/backend-test-utils';
import { SourceError } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { startObjectivesHub } from '../__testUtils__/objectivesHub';
import { people } from '../__testUtils__/people';
import { deploymentRow } from '../__testUtils__/seed';
import { until } from '../__testUtils__/until';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const HOUR_MS = 3_600_000;

describe.each(databases.eachSupportedId())('objective routes on %p', id => {
  let database: Knex;
  let hub: Awaited<ReturnType<typeof startObjectivesHub>>;

  beforeAll(async () => {
    database = await databases.init(id);
    hub = await startObjectivesHub({ database });
  });

  afterAll(async () => {
    await hub.stop();
  });

  it('tells those of a service, the least budget left first', async () => {
    const { items } = await hub.objectives('payments-api', people.owner);
    expect(
      items.map(({ name, state, remaining }) => [name, state, remaining.value]),
    ).toEqual([
      ['latency', 'ok', 0.1],
      ['availability', 'ok', 0.6],
      ['broken', 'invalid', undefined],
    ]);
    expect(items[1]).toMatchObject({
      services: [{ ref: 'component:default/payments-api' }],
      target: 0.99,
      budgeting: 'occurrences',
      period: { kind: 'rolling', seconds: 86_400 },
      measuredBy: { source: 'prometheus:main', title: 'main' },
      attainment: { value: 0.996, unit: 'ratio', n: 288_000, coverage: 1 },
      spent: { value: 1152, unit: 'bad events' },
      conditions: [
        { severity: 'page', state: 'clear', canFire: true },
        { severity: 'page', state: 'clear' },
        { severity: 'ticket', state: 'clear' },
        { severity: 'ticket', state: 'clear' },
      ],
    });
    expect(items[1].exhaustedAt).toBeUndefined();
    expect(items[1].why).toBeUndefined();
    expect(items[2].why).toMatchObject({
      text: 'slo.yaml:4: spec.objectives[0].target: a target is below 1',
    });
  });

  it('says what nothing measures, and what has no data', async () => {
    const { items } = await hub.objectives('search-api', people.other);
    expect(
      items.map(({ name, state, why }) => [name, state, why?.reason]).sort(),
    ).toEqual([
      ['absent', 'unknown', 'nothing-found'],
      ['availability', 'page', undefined],
      ['elsewhere', 'unmeasured', 'source-not-configured'],
    ]);
    const of = (name: string) => items.find(each => each.name === name)!;
    expect(of('elsewhere').why).toMatchObject({
      text: expect.stringContaining('measured by us'),
      fix: { config: expect.stringContaining('- name: us') },
    });
    expect(of('absent')).toMatchObject({
      why: { text: expect.stringContaining('no data') },
      remaining: { reason: 'Nothing was measured in the period' },
    });
    expect(of('availability').remaining.value).toBe(-19);
    expect(items[0].name).toBe('availability');

    // Asked and answered, and what was counted cannot be a share.
    await database('quarantine').insert({
      id: 'odd',
      source: 'prometheus:main',
      key: of('absent').id,
      reason: 'more good than all: its query of good counts more events',
      item: '{}',
      at: Date.now(),
    });
    const odd = await hub.objectives('search-api', people.other);
    expect(odd.items.find(({ name }) => name === 'absent')).toMatchObject({
      state: 'unknown',
      why: {
        text: expect.stringContaining('cannot be used: more good than all'),
        fix: {
          text: expect.stringContaining('Correct the queries in slo.yaml'),
        },
      },
    });
    await database('quarantine').where({ id: 'odd' }).delete();
  });

  it('lists all page by page, in one order', async () => {
    const { items, facets } = await hub.all(people.platform);
    expect(items.map(({ name }) => name).slice(0, 3)).toEqual([
      'availability',
      'latency',
      'availability',
    ]);
    expect(facets).toEqual({
      owners: ['group:default/payments', 'group:default/storefront'],
      systems: [],
      states: { ok: 2, invalid: 1, page: 1, unmeasured: 1, unknown: 1 },
      total: 6,
    });
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await hub.all(people.platform, { limit: 2, cursor });
      paged.push(...page.items.map(each => each.id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(paged).toEqual(items.map(each => each.id));
    await hub
      .call('get', '/objectives?cursor=WyJhIiwiYiJd', people.platform)
      .expect(400);
  });

  it.each([
    [{ state: 'page' }, ['availability']],
    [{ state: 'unmeasured' }, ['elsewhere']],
    [{ state: 'ticket' }, []],
    [{ text: 'LATEN' }, ['latency']],
    [{ text: '100%' }, []],
    [
      { owner: 'group:default/payments' },
      ['latency', 'availability', 'broken'],
    ],
    [
      { owner: 'group:default/engineering', state: 'ok' },
      ['latency', 'availability'],
    ],
    [{ system: 'shop' }, []],
  ])('filters by %j', async (query, names) => {
    const { items, empty } = await hub.all(people.platform, query);
    expect(items.map(({ name }) => name)).toEqual(names);
    expect(empty?.text).toBe(
      names.length > 0 ? undefined : 'No objective matches',
    );
  });

  it('shows and counts only what the caller may see', async () => {
    const mine = await hub.all(people.owner);
    expect(mine.items.map(({ name }) => name)).toEqual([
      'latency',
      'availability',
      'broken',
    ]);
    expect(mine.facets).toMatchObject({
      owners: ['group:default/payments'],
      total: 3,
      states: { ok: 2, invalid: 1 },
    });
    expect(
      (await hub.all(people.owner, { owner: 'group:default/storefront' }))
        .items,
    ).toEqual([]);
    await expect(hub.all(people.nobody)).resolves.toMatchObject({
      items: [],
      facets: { total: 0 },
      empty: { reason: 'forbidden' },
    });
    const [{ id: theirs }] = mine.items;
    await hub.one(theirs, people.owner);
    for (const as of [people.other, people.nobody]) {
      await hub.call('get', `/objectives/${theirs}`, as).expect(404);
    }
    // Who may not read sources is told how they stand, not what they are called.
    const { sources } = await hub.all(people.unaware);
    expect(sources).toMatchObject({ total: 1, fine: 1 });
  });

  it('says what spent the budget, of the services that the caller may see', async () => {
    const { items } = await hub.objectives('search-api', people.other);
    const [burning] = items;
    const service = await database('service')
      .where('ref', 'component:default/search-api')
      .first('id');
    const at = Date.parse(burning.asOf!) - 3 * HOUR_MS;
    await database('deployment').insert([
      deploymentRow({ id: 'd1', service_id: service.id, finished_at: at }),
      deploymentRow({
        id: 'd2',
        service_id: service.id,
        finished_at: at + 1,
        environment: 'staging',
      }),
    ]);
    const { chart, objective } = await hub.one(burning.id, people.other);
    expect(objective.id).toBe(burning.id);
    expect(chart!.stepSeconds).toBe(300);
    expect(chart!.points).toHaveLength(288);
    expect(chart!.points.at(-1)).toMatchObject({
      bad: 200,
      total: 1000,
      remaining: -19,
    });
    // As bad before as after it: it spent nothing.
    expect(chart).toMatchObject({ shares: [], used: 20, notAttributed: 20 });

    const from = new Date(Date.now() - 2 * HOUR_MS).toISOString();
    const short = await hub.one(burning.id, people.other, { from });
    expect(short.chart!.points.length).toBeLessThan(25);
    await hub
      .call('get', `/objectives/${burning.id}`, people.other)
      .query({ from: '2020-01-01T00:00:00Z' })
      .expect(400);
    expect(
      (
        await hub.one(
          items.find(({ name }) => name === 'elsewhere')!.id,
          people.other,
        )
      ).chart,
    ).toBeUndefined();
  });

  it('says on the tile how the worst stands, or how to begin', async () => {
    const { tiles } = await hub.summary('payments-api');
    expect(tiles.objectives).toMatchObject({
      state: 'attention',
      headline: '10 % budget left',
      detail: expect.stringContaining('worst: broken: invalid'),
    });
    const search = await hub.summary('search-api');
    expect(search.tiles.objectives).toMatchObject({
      state: 'bad',
      headline: 'Budget used up',
      detail: 'worst: availability; burns fast; burn 20',
    });
    const lonely = await hub.summary('lonely');
    expect(lonely.tiles.objectives).toMatchObject({
      state: 'empty',
      empty: {
        reason: 'annotation-missing',
        fix: {
          annotation: { key: 'day2/objectives' },
          config: expect.stringContaining('kind: SLO'),
        },
      },
    });
    const { body: fleet } = await hub
      .call('get', '/fleet', people.platform)
      .expect(200);
    expect(
      fleet.items.map((row: any) => [
        row.service.title,
        row.objectives.state,
        row.objectives.headline,
      ]),
    ).toEqual([
      ['lonely', 'empty', 'No objectives'],
      ['payments-api', 'attention', '10 % budget left'],
      ['search-api', 'bad', 'Budget used up'],
    ]);
    // What measures it feeds it: its errors are those of its page.
    expect(search.sources.titles).toEqual(['files', 'main']);
    await expect(hub.objectives('lonely', people.other)).resolves.toMatchObject(
      { items: [], empty: { reason: 'annotation-missing' } },
    );
  });

  it('is unknown and frozen while Prometheus is silent, and as before once it speaks', async () => {
    hub.failWith(
      new SourceError({ code: 'unreachable', message: 'main does not answer' }),
    );
    await until(
      async () =>
        (
          await database('source').where('id', 'prometheus:main').first()
        ).error !== null,
    );
    const kept = await database('objective').select('id', 'known_to');
    await database('objective')
      .whereNotNull('known_to')
      .update({ known_to: Date.now() - HOUR_MS });
    const { items } = await hub.objectives('payments-api', people.owner);
    expect(items[1]).toMatchObject({
      name: 'availability',
      state: 'unknown',
      frozen: 'ok',
      remaining: { value: 0.6 },
      why: {
        reason: 'source-unreachable',
        text: 'main could not be read: main does not answer',
      },
    });
    expect(items[1].conditions.map(({ state }) => state)).toEqual(
      Array(4).fill('unknown'),
    );
    const { facets, items: pages } = await hub.all(people.platform, {
      state: 'unknown',
    });
    expect(pages).toHaveLength(4);
    expect(facets.states).toEqual({ invalid: 1, unmeasured: 1, unknown: 4 });
    expect(
      pages.map(({ name, frozen }) => [name, frozen]).sort(),
    ).toContainEqual(['availability', 'page']);
    expect((await hub.summary('search-api')).tiles.objectives).toMatchObject({
      state: 'unknown',
      detail: expect.stringContaining('burns fast when last known'),
    });

    // It says nothing more for now, whatever time it is.
    const paused = { id: 'prometheus:main', paused: true, error: null };
    await database('source').where('id', paused.id).update(paused);
    const [{ id: refused }] = items;
    await database('quarantine').insert({
      id: 'q1',
      source: paused.id,
      key: refused,
      reason: 'parse error at char 3',
      item: '{}',
      at: Date.now(),
    });
    const why = async () =>
      (await hub.objectives('payments-api', people.owner)).items.map(
        each => each.why?.text,
      );
    expect(await why()).toEqual([
      'main could not answer its queries: parse error at char 3',
      'main is paused: nothing is measured until it goes on',
      expect.any(String),
    ]);
    hub.failWith(undefined);
    await database('source').where('id', paused.id).update({ paused: false });
    for (const { id: one, known_to } of kept) {
      await database('objective').where('id', one).update({ known_to });
    }
    expect(
      (await hub.objectives('payments-api', people.owner)).items[1],
    ).toMatchObject({ state: 'ok' });
  });
});
