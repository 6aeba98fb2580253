import { TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type {
  DeliveryRecord,
  Scoreboard,
  ScoreboardRow,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { component, people } from '../__testUtils__/people';
import { startHub } from '../__testUtils__/startHub';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const DAY = 24 * 3600_000;
/** Midnight, 28 days ago. */
const START = Math.floor(Date.now() / DAY) * DAY - 28 * DAY;
const range = {
  from: new Date(START).toISOString(),
  to: new Date(START + 28 * DAY).toISOString(),
};

function entity(kind: string, name: string, spec: object): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
    spec: spec as Entity['spec'],
  };
}

function inShop(of: Entity): Entity {
  return { ...of, spec: { ...of.spec, system: 'shop' } };
}

/** Day and hour each version was deployed at; what is told beside it. */
const stories: Record<string, [number, object?][]> = {
  'payments-api': [[1], [3], [8], [8.25, { version: 'v1' }], [15], [22]],
  'search-api': [[2], [9], [9.5], [16], [23]],
  cart: [[2.5, { rollout: 'failed' }], [4], [20, { environment: 'lab' }]],
};

describe.each(databases.eachSupportedId())('the scoreboard on %p', id => {
  let hub: Awaited<ReturnType<typeof startHub>>;
  let entities: Entity[];
  let database: Knex;

  beforeAll(async () => {
    entities = [
      component('payments-api', 'payments'),
      inShop(component('search-api', 'storefront')),
      inShop(component('cart', 'storefront')),
      entity('System', 'shop', { owner: 'storefront', domain: 'retail' }),
      entity('Domain', 'retail', { owner: 'engineering' }),
      entity('Group', 'payments', { type: 'team', parent: 'engineering' }),
      entity('Group', 'storefront', { type: 'team', parent: 'engineering' }),
      entity('Group', 'engineering', {
        type: 'department',
        children: [],
        profile: { displayName: 'All of engineering' },
      }),
    ];
    database = await databases.init(id);
    hub = await startHub({
      database,
      entities: () => entities,
    });
    for (const [name, story] of Object.entries(stories)) {
      for (const [at, [day, more]] of story.entries()) {
        await post(name, `v${at}`, {
          finishedAt: new Date(START + day * DAY + 3600_000).toISOString(),
          ...more,
        });
      }
    }
  });

  afterAll(async () => {
    await hub.stop();
  });

  async function post(name: string, version: string, more: object) {
    await hub
      .call('post', '/deployments', people.service)
      .set('idempotency-key', `${name}-${version}`)
      .send({
        service: `component:default/${name}`,
        environment: 'production',
        version,
        finishedAt: new Date().toISOString(),
        ...more,
      })
      .expect(202);
  }

  async function board(as: string, query: object = {}): Promise<Scoreboard> {
    const { body, status } = await hub
      .call('get', '/scoreboard', as)
      .query({ ...range, ...query });
    expect([status, body.error]).toEqual([200, undefined]);
    return body;
  }

  const figure = (row: ScoreboardRow, metric: string) =>
    row.figures.find(each => each.metric === metric)!;
  const words = (row: ScoreboardRow) =>
    `${row.title}: ${row.services}+${row.hidden}, ${
      figure(row, 'deploymentFrequency').figure.n
    }, ${figure(row, 'changeFailRate').figure.n}`;

  it('sums by team, with the groups above, from posted deployments', async () => {
    const { total, items, environments, asOf, comparedWith } = await board(
      people.platform,
    );
    expect(items.map(words)).toEqual([
      'All of engineering: 3+0, 12, 11',
      'payments: 1+0, 6, 5',
      'storefront: 2+0, 6, 6',
    ]);
    expect(words(total)).toBe('All: 3+0, 12, 11');
    expect(environments).toEqual(['production']);
    expect(Date.parse(asOf!)).toBeGreaterThan(Date.now() - DAY);
    expect(comparedWith?.to).toBe(range.from);
    const [, payments] = items;
    expect(figure(payments, 'deploymentFrequency').figure.value).toBe(6 / 28);
    expect(figure(payments, 'deploymentReworkRate').figure.value).toBe(1 / 6);
    expect(figure(payments, 'changeFailRate').figure.value).toBe(1 / 5);
    expect(
      figure(payments, 'failedDeploymentRecoveryTime').figure,
    ).toMatchObject({ n: 1, reason: expect.stringMatching(/Insufficient/) });
    expect(payments.membershipAssumed).toBe(true);
    expect(
      figure(total, 'failedDeploymentRecoveryTime').beside.find(
        ({ name }) => name === 'open',
      )?.figure.value,
    ).toBe(0);
  });

  it.each([
    ['system', {}, 3, ['shop: 2+0, 6, 6']],
    ['domain', {}, 3, ['retail: 2+0, 6, 6']],
    ['system', { within: 'system:default/shop' }, 2, ['shop: 2+0, 6, 6']],
    ['domain', { within: 'domain:retail' }, 2, ['retail: 2+0, 6, 6']],
    [
      'service',
      {},
      3,
      ['cart: 1+0, 1, 1', 'payments-api: 1+0, 6, 5', 'search-api: 1+0, 5, 5'],
    ],
    [
      'service',
      { within: 'group:default/storefront' },
      2,
      ['cart: 1+0, 1, 1', 'search-api: 1+0, 5, 5'],
    ],
    ['team', { within: 'system:default/nothing' }, 0, []],
    ['organisation', {}, 3, ['All: 3+0, 12, 11']],
    [
      'organisation',
      { within: 'group:Default/Payments' },
      1,
      ['All: 1+0, 6, 5'],
    ],
    ['organisation', { environment: 'lab' }, 3, ['All: 3+0, 1, 1']],
  ])('groups by %s, %j', async (groupBy, query, services, expected) => {
    const { items, total, empty } = await board(people.platform, {
      groupBy,
      ...query,
    });
    expect(items.map(words)).toEqual(expected);
    expect(empty?.reason).toBe(
      expected.length > 0 ? undefined : 'nothing-found',
    );
    // Each service once, whatever the rows are.
    expect(total.services).toBe(services);
  });

  it('has the same total whatever the rows are, and says what is in none', async () => {
    const wanted = await board(people.platform, { groupBy: 'team' });
    expect(wanted.total).toMatchObject({ grouping: 'organisation' });
    const outside: Record<string, number> = {};
    for (const groupBy of [
      'team',
      'system',
      'domain',
      'service',
      'organisation',
    ]) {
      const { total, ungrouped } = await board(people.platform, { groupBy });
      expect(total).toEqual(wanted.total);
      outside[groupBy] = ungrouped;
    }
    expect(outside).toEqual({
      team: 0,
      system: 1,
      domain: 1,
      service: 0,
      organisation: 0,
    });
    // Theirs are in no system, and what is hidden of others is none of them.
    const mine = await board(people.owner, { groupBy: 'system' });
    expect([words(mine.total), mine.items, mine.ungrouped]).toEqual([
      'All: 1+2, 6, 5',
      [],
      1,
    ]);
  });

  it('shows a caller sums of what they may see, and how much else there is', async () => {
    const answer = await board(people.owner, { trend: true });
    expect([...answer.items, answer.total].map(words)).toEqual([
      'payments: 1+0, 6, 5',
      'All: 1+2, 6, 5',
    ]);
    expect(JSON.stringify(answer)).not.toMatch(/storefront|engineering|cart/);
    const none = await board(people.nobody);
    expect([none.items, none.total.services, none.empty?.reason]).toEqual([
      [],
      0,
      'forbidden',
    ]);
    expect(figure(none.total, 'deploymentFrequency').figure.n).toBe(0);
  });

  it('says a week at a time, and how the period before was', async () => {
    const { total } = await board(people.platform, {
      trend: true,
      from: new Date(START + 14 * DAY).toISOString(),
      zone: 'America/New_York',
    });
    const {
      trend,
      previous,
      figure: now,
      change,
    } = figure(total, 'deploymentFrequency');
    expect(now.n).toBe(4);
    expect(previous?.n).toBe(8);
    expect(change).toMatchObject({ direction: 'worse' });
    expect(trend!.reduce((sum, week) => sum + week.figure.n, 0)).toBe(4);
    expect(trend!.filter(({ whole }) => whole)).toHaveLength(trend!.length - 2);
  });

  it('pages by title', async () => {
    const whole = await board(people.platform, { groupBy: 'service' });
    const titles: string[] = [];
    let cursor: string | undefined;
    do {
      const page: Scoreboard = await board(people.platform, {
        groupBy: 'service',
        limit: 2,
        cursor,
      });
      titles.push(...page.items.map(({ title }) => title));
      expect(page.total).toEqual(whole.total);
      cursor = page.nextCursor;
    } while (cursor);
    expect(titles).toEqual(['cart', 'payments-api', 'search-api']);
  });

  async function records(as: string, query: object): Promise<any> {
    const { body, status } = await hub
      .call('get', '/scoreboard/records', as)
      .query({ ...range, ...query });
    expect([status, body.error]).toEqual([200, undefined]);
    return body;
  }
  const told = ({ items }: { items: DeliveryRecord[] }) =>
    items.map(each =>
      [
        each.serviceRef.split('/')[1],
        each.version,
        each.role,
        ...each.reasons.map(({ code }) => code),
      ].join(' '),
    );

  it('shows the rows behind a figure, and why each counts', async () => {
    const asked = { grouping: 'team', ref: 'group:default/storefront' };
    expect(
      told(
        await records(people.platform, { ...asked, metric: 'changeFailRate' }),
      ),
    ).toEqual([
      'search-api v4 counted went-live',
      'cart v2 left-out environment-unknown',
      'search-api v3 counted went-live',
      'search-api v2 counted went-live',
      'search-api v1 counted went-live',
      'cart v1 counted went-live',
      'cart v0 left-out rollout-failed',
      'search-api v0 counted went-live',
    ]);
    const all = { grouping: 'organisation' };
    for (const [metric, role, line] of [
      ['deploymentReworkRate', 'numerator', 'v1 numerator rollback'],
      ['changeFailRate', 'numerator', 'v2 numerator rolled-back'],
      [
        'failedDeploymentRecoveryTime',
        'counted',
        'v2 counted rolled-back restored-by-rollback',
      ],
    ]) {
      expect(
        told(await records(people.platform, { ...all, metric, role })),
      ).toEqual([`payments-api ${line}`]);
    }
  });

  it('pages the rows, the same ones whatever the size of a page', async () => {
    const asked = {
      grouping: 'organisation',
      metric: 'deploymentFrequency',
      role: 'counted',
    };
    const whole = told(await records(people.platform, asked));
    expect(whole).toHaveLength(12);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await records(people.platform, {
        ...asked,
        cursor,
        limit: 4,
      });
      paged.push(...told(page));
      cursor = page.nextCursor;
    } while (cursor);
    expect(paged).toEqual(whole);
  });

  it('shows no row of a service that the caller may not see', async () => {
    const mine = await records(people.owner, {
      grouping: 'organisation',
      metric: 'deploymentFrequency',
    });
    expect([mine.items.length, mine.hidden]).toEqual([6, 2]);
    for (const theirs of [
      { grouping: 'team', ref: 'group:default/storefront' },
      { grouping: 'service', ref: 'component:default/cart' },
      { grouping: 'service', ref: 'component:default/none' },
    ]) {
      expect(
        await records(people.owner, { ...theirs, metric: 'changeFailRate' }),
      ).toMatchObject({
        items: [],
        hidden: 0,
        empty: { text: 'It has no service that you may see' },
      });
    }
  });

  it('reads the past of that service alone whose rows are asked for', async () => {
    const asked: unknown[][] = [];
    const see = ({ sql, bindings }: { sql: string; bindings: unknown[] }) => {
      if (/service_history/.test(sql)) {
        asked.push(bindings);
      }
    };
    database.on('query', see);
    const page = await records(people.platform, {
      grouping: 'service',
      ref: 'Component:Cart',
      metric: 'deploymentFrequency',
      role: 'counted',
    });
    database.off('query', see);
    expect(told(page)).toEqual(['cart v1 counted rollout-succeeded']);
    expect(asked).toEqual([['component:default/cart']]);
  });

  it('says the same of a service as its row does', async () => {
    const { body } = await hub
      .call(
        'get',
        '/services/component/default/payments-api/delivery',
        people.owner,
      )
      .query(range)
      .expect(200);
    const [row] = (
      await board(people.owner, { groupBy: 'service', trend: true })
    ).items;
    expect(body.row).toEqual({ ...row, membershipAssumed: false });
    expect(body.empty).toBeUndefined();
    const { body: none } = await hub
      .call(
        'get',
        '/services/component/default/payments-api/delivery',
        people.owner,
      )
      .query({ from: '2020-01-01T00:00:00Z', to: '2020-02-01T00:00:00Z' });
    expect(none.empty.reason).toBe('nothing-found');
  });

  it.each([
    ['/scoreboard', { within: 'storefront' }, /within: must be the entity ref/],
    ['/scoreboard', { zone: 'Moon' }, /zone: must be an IANA time zone/],
    ['/scoreboard', { cursor: 'x' }, /not a cursor of this list/],
    [
      '/scoreboard/records',
      { metric: 'changeFailRate', grouping: 'team' },
      /ref: name the team by its entity ref/,
    ],
    [
      '/scoreboard/records',
      { metric: 'changeFailRate', grouping: 'organisation', ref: 'x:y/z' },
      /the organisation has none/,
    ],
  ])('refuses %s %j', async (path, query, message) => {
    const { status, body } = await hub
      .call('get', path, people.platform)
      .query(query);
    expect([status, body.error.message]).toEqual([
      400,
      expect.stringMatching(message),
    ]);
  });

  it('counts deployments for whom the service belonged to then, or belongs to now', async () => {
    const cart = entities.findIndex(({ metadata }) => metadata.name === 'cart');
    const moved = component('cart', 'payments');
    moved.metadata.etag = 'moved';
    entities[cart] = inShop(moved);
    // What is posted has its service read anew.
    await post('cart', 'moved', { environment: 'lab' });
    const to = new Date(Date.now() + 60_000).toISOString();
    const open = { ...range, to };
    const rows = async (membership: string) =>
      (await board(people.platform, { ...open, membership })).items
        .slice(1)
        .map(words);
    expect(await rows('then')).toEqual([
      'payments: 2+0, 6, 5',
      'storefront: 2+0, 6, 6',
    ]);
    expect(await rows('now')).toEqual([
      'payments: 2+0, 7, 6',
      'storefront: 1+0, 5, 5',
    ]);
  });
});
