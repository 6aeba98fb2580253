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
const at = (day: number) => new Date(START + day * DAY).toISOString();
const range = { from: at(0), to: at(28) };
/** At noon of day 15 till goes from storefront to payments. */
const MOVED = START + 15.5 * DAY;

/** Days on which each service was deployed. */
const days: Record<string, number[]> = {
  cart: [1, 2, 3],
  'search-api': [4, 5],
  'payments-api': [6, 7, 8, 9],
  till: [10, 15.25, 15.75, 20],
  cron: [11],
  probe: [12],
};

/** `payments` and `engineering` may be read by whoever is of payments. */
function group(name: string, parents: string[], readers: string[] = []) {
  const relation = (type: string) => (of: string) => ({
    type,
    targetRef: `group:default/${of}`,
  });
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default' },
    spec: { type: 'team', children: [] },
    relations: [
      ...parents.map(relation('childOf')),
      ...readers.map(relation('parentOf')),
    ],
  } satisfies Entity;
}

const entities: Entity[] = [
  component('cart', 'storefront'),
  component('search-api', 'storefront'),
  component('payments-api', 'payments'),
  component('till', 'payments'),
  component('cron', 'ops'),
  component('probe', 'lab'),
  group('engineering', [], ['payments']),
  group('web', ['engineering']),
  group('guild', ['engineering']),
  // Part of two groups that are parts of one.
  group('storefront', ['web', 'guild']),
  group('payments', ['engineering', 'vault'], ['payments']),
  // Which nobody of payments may read.
  group('vault', []),
  group('ops', []),
  group('lab', [], ['payments']),
];

describe.each(databases.eachSupportedId())('sums of groups on %p', id => {
  let database: Knex;
  let hub: Awaited<ReturnType<typeof startHub>>;

  beforeAll(async () => {
    database = await databases.init(id);
    hub = await startHub({ database, entities: () => entities });
    for (const [name, all] of Object.entries(days)) {
      for (const day of all) {
        await hub
          .call('post', '/deployments', people.service)
          .set('idempotency-key', `${name}-${day}`)
          .send({
            service: `component:default/${name}`,
            environment: 'production',
            version: `v${day}`,
            finishedAt: at(day),
          })
          .expect(202);
      }
    }
    await moveTill();
  });

  afterAll(async () => {
    await hub.stop();
  });

  /** As the directory would have written it, had it been there. */
  async function moveTill() {
    const { id: service } = await database('service')
      .where({ ref: 'component:default/till' })
      .first('id');
    const [row] = await database('service_history').where({
      service_id: service,
    });
    expect(row.owner).toBe('group:default/payments');
    await database('service_history').where({ service_id: service }).delete();
    await database('service_history').insert([
      {
        ...row,
        valid_from: START - DAY,
        valid_to: MOVED,
        owner: 'group:default/storefront',
      },
      { ...row, valid_from: MOVED },
    ]);
  }

  async function board(as: string, query: object = {}): Promise<Scoreboard> {
    const { body, status } = await hub
      .call('get', '/scoreboard', as)
      .query({ ...range, ...query });
    expect([status, body.error]).toEqual([200, undefined]);
    return body;
  }

  async function records(as: string, query: object) {
    const { body, status } = await hub
      .call('get', '/scoreboard/records', as)
      .query({ ...range, metric: 'deploymentFrequency', ...query });
    expect([status, body.error]).toEqual([200, undefined]);
    return body as { items: DeliveryRecord[]; hidden: number };
  }

  const frequency = (row: ScoreboardRow) =>
    row.figures.find(({ metric }) => metric === 'deploymentFrequency')!;
  /** Title, services that are summed and hidden, and deployments. */
  const words = (row: ScoreboardRow) =>
    `${row.title}: ${row.services}+${row.hidden}, ${frequency(row).figure.n}`;
  const told = ({ items }: { items: DeliveryRecord[] }) =>
    items.map(
      ({ serviceRef, version }) => `${serviceRef.split('/')[1]} ${version}`,
    );

  it('count a service once, however many groups lead up to theirs', async () => {
    const { items, total } = await board(people.platform);
    expect(items.map(words)).toEqual([
      'engineering: 4+0, 13',
      'guild: 3+0, 7',
      'lab: 1+0, 1',
      'ops: 1+0, 1',
      'payments: 2+0, 6',
      'storefront: 3+0, 7',
      'vault: 2+0, 6',
      'web: 3+0, 7',
    ]);
    expect(words(total)).toBe('All: 6+0, 15');
  });

  it.each([
    ['group:default/engineering', ['engineering', 'guild', 'payments']],
    ['group:default/web', ['storefront', 'web']],
    ['group:Web', ['storefront', 'web']],
    ['group:default/storefront', ['storefront']],
  ])('within %s are of it and of those below', async (within, some) => {
    const whole = (await board(people.platform)).items;
    const { items, total } = await board(people.platform, { within });
    const titles = items.map(({ title }) => title);
    expect(titles).toEqual(expect.arrayContaining(some));
    expect(titles).not.toContain('ops');
    expect(titles.includes('engineering')).toBe(within.includes('engineering'));
    // Its own row is the one that it has among all, and their sum.
    const name = within.split(/[:/]/).at(-1)!.toLowerCase();
    const own = items.find(({ title }) => title === name)!;
    expect(own).toEqual(whole.find(({ title }) => title === name));
    expect(total.figures).toEqual(own.figures);
  });

  it('follow a service that moved in mid-range, by the hour, or as it is now', async () => {
    const of = async (query: object) =>
      (
        await board(people.platform, {
          within: 'group:default/engineering',
          ...query,
        })
      ).items
        .map(words)
        .filter(line => /^(payments|storefront)/.test(line));
    expect(await of({ membership: 'then' })).toEqual([
      'payments: 2+0, 6',
      'storefront: 3+0, 7',
    ]);
    expect(await of({ membership: 'now' })).toEqual([
      'payments: 2+0, 8',
      'storefront: 2+0, 5',
    ]);
    // Not assumed: its past is known.
    const [row] = (
      await board(people.platform, { groupBy: 'service' })
    ).items.filter(({ title }) => title === 'till');
    expect([row.membershipAssumed, frequency(row).figure.n]).toEqual([
      false,
      4,
    ]);
  });

  it.each([
    ['then', 'storefront', ['till v15.25', 'till v10']],
    ['then', 'payments', ['till v20', 'till v15.75']],
    ['now', 'storefront', []],
    ['now', 'payments', ['till v20', 'till v15.75', 'till v15.25', 'till v10']],
  ])(
    '%s, %s has the rows of its figure',
    async (membership, team, expected) => {
      const query = { grouping: 'team', ref: `group:default/${team}` };
      const found = told(
        await records(people.platform, { ...query, membership }),
      );
      expect(found.filter(line => line.startsWith('till'))).toEqual(expected);
      const row = (await board(people.platform, { membership })).items.find(
        ({ title }) => title === team,
      )!;
      expect(found).toHaveLength(frequency(row).figure.n);
    },
  );

  it('by week follow the move too', async () => {
    const { items } = await board(people.platform, { trend: true });
    for (const row of items) {
      const { figure, trend } = frequency(row);
      expect(trend!.reduce((sum, week) => sum + week.figure.n, 0)).toBe(
        figure.n,
      );
    }
  });

  describe('for a caller who may see some services', () => {
    it('leave the others out, and say how many they are', async () => {
      const { items, total } = await board(people.owner, { trend: true });
      expect(items.map(words)).toEqual([
        'engineering: 2+2, 8',
        'payments: 2+0, 6',
        'storefront: 1+2, 2',
      ]);
      expect(words(total)).toBe('All: 2+4, 8');
      const services = await board(people.owner, { groupBy: 'service' });
      expect(services.items.map(words)).toEqual([
        'payments-api: 1+0, 4',
        'till: 1+0, 4',
      ]);
      expect(JSON.stringify([items, services])).not.toMatch(
        /cart|search-api|cron|probe|web|guild|vault/,
      );
    });

    it('have no row of another behind any figure', async () => {
      for (const [query, count, hidden] of [
        [{ grouping: 'organisation' }, 8, 4],
        [{ grouping: 'team', ref: 'group:default/engineering' }, 8, 2],
        [{ grouping: 'team', ref: 'group:default/storefront' }, 2, 2],
        [{ grouping: 'service', ref: 'component:default/cart' }, 0, 0],
        // Above groups of services that they may see, and not theirs to read.
        [{ grouping: 'team', ref: 'group:default/vault' }, 0, 0],
        [{ grouping: 'team', ref: 'group:default/web' }, 0, 0],
        [{ grouping: 'team', ref: 'group:default/none' }, 0, 0],
      ] as const) {
        for (const metric of ['deploymentFrequency', 'changeFailRate']) {
          const page = await records(people.owner, { ...query, metric });
          expect([page.items.length, page.hidden]).toEqual([count, hidden]);
          expect(JSON.stringify(page)).not.toMatch(/cart|search-api|cron/);
        }
      }
    });

    it('are those of the card on a group’s page', async () => {
      const card = async (name: string, as = people.owner) => {
        const { items, total, empty } = await board(as, {
          within: `group:default/${name}`,
          trend: true,
        });
        const own = items.find(({ ref }) => ref === `group:default/${name}`);
        return [words(own ?? total), empty?.reason];
      };
      expect(await card('engineering')).toEqual([
        'engineering: 2+2, 8',
        undefined,
      ]);
      // Whose page one may open, though none of its services.
      expect(await card('lab')).toEqual(['All: 0+1, 0', 'forbidden']);
      // What one may not open is as if it were not there.
      for (const name of ['ops', 'vault', 'web', 'none']) {
        expect(await card(name)).toEqual(['All: 0+0, 0', 'nothing-found']);
      }
      expect(await card('ops', people.nobody)).toEqual([
        'All: 0+0, 0',
        'nothing-found',
      ]);
    });

    it('are in the fleet below a group that they may read', async () => {
      const below = async (name: string, as = people.owner) => {
        const { body } = await hub
          .call('get', '/fleet', as)
          .query({ owner: `group:default/${name}` })
          .expect(200);
        return body.items.map(
          (item: { service: { title: string } }) => item.service.title,
        );
      };
      const theirs = ['payments-api', 'till'];
      expect(await below('vault', people.platform)).toEqual(theirs);
      expect(await below('engineering')).toEqual(theirs);
      expect(await below('payments')).toEqual(theirs);
      expect(await below('vault')).toEqual([]);
      expect(await below('none')).toEqual([]);
    });

    it('are of a service that they may see, and of no other', async () => {
      const of = (name: string) =>
        hub
          .call(
            'get',
            `/services/component/default/${name}/delivery`,
            people.owner,
          )
          .query(range);
      const { body } = await of('till').expect(200);
      expect(words(body.row)).toBe('till: 1+0, 4');
      // The same words as of one that there is not.
      const answers = await Promise.all(
        ['cart', 'none'].map(async name => {
          const { status, body: refused } = await of(name);
          return [status, refused.error.message.replaceAll(name, '…')];
        }),
      );
      expect(answers[0]).toEqual(answers[1]);
      expect(answers[0][0]).toBe(404);
    });
  });

  it('compare a service with the period before, or not', async () => {
    const ask = async (query: object) =>
      (
        await hub
          .call(
            'get',
            '/services/component/default/till/delivery',
            people.platform,
          )
          .query({ from: at(14), to: at(28), ...query })
          .expect(200)
      ).body;
    const compared = await ask({});
    expect(compared.comparedWith).toEqual({ from: at(0), to: at(14) });
    expect(frequency(compared.row)).toMatchObject({
      figure: { n: 3 },
      previous: { n: 1 },
      change: { direction: 'better' },
    });
    const alone = await ask({ compare: 'false' });
    expect(alone.comparedWith).toBeUndefined();
    expect(frequency(alone.row).previous).toBeUndefined();
    expect(frequency(alone.row).trend).toEqual(frequency(compared.row).trend);
  });
});
