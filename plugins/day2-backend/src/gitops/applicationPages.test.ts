import { TestDatabases } from '@backstage/backend-test-utils';
import type { EnvironmentRule } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { startGitopsHub } from '../__testUtils__/gitopsHub';
import { people } from '../__testUtils__/people';
import {
  pageOfApplications,
  type ApplicationPlace,
} from './pageOfApplications';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const COPIES = 500;

describe.each(databases.eachSupportedId())(
  'a service of very many applications on %p',
  id => {
    let database: Knex;
    let hub: Awaited<ReturnType<typeof startGitopsHub>>;

    beforeAll(async () => {
      database = await databases.init(id);
      hub = await startGitopsHub({ database });
      const row = await database('application')
        .where('key', 'app:pay-stage')
        .first();
      const link = await database('link')
        .where('subject_id', row.subject_id)
        .first();
      // As an ApplicationSet makes them, one for each cluster.
      const copies = Array.from({ length: COPIES }, (_, n) => `copy-${n}`);
      await database.batchInsert(
        'link',
        copies.map(copy => ({ ...link, id: copy, subject_id: copy })),
        50,
      );
      await database.batchInsert(
        'application',
        copies.map((copy, n) => ({
          ...row,
          id: copy,
          key: `app:${copy}`,
          subject_id: copy,
          name: `pay-${n}`,
          target: `cluster-${String(n).padStart(3, '0')}`,
        })),
        50,
      );
    });

    afterAll(async () => {
      await hub.stop();
    });

    it('is read page by page, and its tile sums them all', async () => {
      const targets: (string | undefined)[] = [];
      const sizes: number[] = [];
      let cursor: string | undefined;
      do {
        const page = await hub.gitops('payments-api', people.owner, {
          limit: 200,
          cursor,
        });
        sizes.push(page.items.length);
        targets.push(...page.items.map(({ target }) => target));
        expect(page.empty).toBeUndefined();
        expect(page.running).toEqual([]);
        cursor = page.nextCursor;
      } while (cursor);
      expect(sizes).toEqual([200, 200, COPIES + 2 - 400]);
      expect(targets).toEqual([
        'eu-1',
        ...Array.from(
          { length: COPIES },
          (_, n) => `cluster-${String(n).padStart(3, '0')}`,
        ),
        'eu-1',
      ]);
      await expect(
        hub.gitops('payments-api', people.owner),
      ).resolves.toMatchObject({ items: { length: 50 } });
      const { figures } = await hub.tile('payments-api');
      expect(figures[0]).toMatchObject({ value: COPIES + 2 });
    });

    it('refuses the cursor of another list', async () => {
      const { body } = await hub
        .call(
          'get',
          '/services/component/default/payments-api/gitops?cursor=WzEsIngiXQ',
          people.owner,
        )
        .expect(400);
      expect(body.error.message).toContain('not a cursor of this list');
    });
  },
);

describe('pageOfApplications', () => {
  const environments: EnvironmentRule[] = [
    { name: 'dev', tier: 'development', match: ['dev'] },
    { name: 'prod', tier: 'production', match: ['prod'] },
    { name: 'live', tier: 'production', match: ['live'] },
  ];
  let ids = 0;
  const place = (more: Partial<ApplicationPlace>): ApplicationPlace => ({
    id: `${(ids += 1)}`.padStart(40, '0'),
    name: 'x',
    ...more,
  });
  const places = [
    place({ environment: undefined }),
    place({ environment: 'moon' }),
    place({ environment: 'dev' }),
    place({ environment: 'live', target: 'b' }),
    place({ environment: 'live', target: 'a', name: 'z' }),
    place({ environment: 'live', target: 'a', name: 'y'.repeat(500) }),
    place({ environment: 'prod', target: 'ü'.repeat(200) }),
    place({ environment: 'prod' }),
  ];
  const read = (limit: number, meanwhile = (_: ApplicationPlace[]) => {}) => {
    const all = [...places];
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = pageOfApplications({
        places: all,
        environments,
        cursor,
        limit,
      });
      found.push(...page.ids);
      cursor = page.nextCursor;
      // The contract takes no longer one.
      expect((cursor ?? '').length).toBeLessThanOrEqual(500);
      meanwhile(all);
    } while (cursor);
    return found;
  };

  it('has production first as configured, then target and name; unknown ones last', () => {
    expect(read(100)).toEqual(
      [7, 6, 5, 4, 3, 2, 1, 0].map(index => places[index].id),
    );
  });

  it.each([1, 2, 3, 7])('is the same in pages of %d', limit => {
    expect(read(limit)).toEqual(read(100));
  });

  it('goes on where it ended, though what it ended with is gone', () => {
    const whole = read(100);
    const found = read(2, all => {
      const at = all.findIndex(({ id }) => id === whole[1]);
      if (at >= 0) {
        all.splice(at, 1);
      }
    });
    expect(found).toEqual(whole);
  });
});
