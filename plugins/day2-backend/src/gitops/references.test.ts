import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { application, mirrorOf } from '../__testUtils__/applications';
import { shaOf } from '../__testUtils__/observations';
import { testEnvironments, TestHub } from '../__testUtils__/testHub';
import { hashOf } from '../database';
import { DeriveWorker } from '../derive';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const repository = 'https://git.tern.example/tern/gitops.git';
const [one, two] = ['one', 'two'].map(shaOf);

type Commits = Parameters<typeof mirrorOf>[0]['commits'];

describe.each(databases.eachSupportedId())(
  'what applications are made of beyond their paths on %p',
  id => {
    let hub: TestHub;

    beforeEach(async () => {
      hub = await TestHub.create(await databases.init(id));
    });

    const trees = { 'apps/cart': 'c', 'apps/web': 'w' };
    const commits = (at: (sha: string) => Partial<Commits[string]>): Commits =>
      Object.fromEntries(
        [one, two].map((sha, index) => [
          sha,
          { position: index + 1, trees, ...at(sha) },
        ]),
      );

    async function derive(mirror: ReturnType<typeof mirrorOf>) {
      await DeriveWorker.create({
        database: hub.database,
        environments: testEnvironments,
        logger: mockServices.logger.mock(),
        now: () => hub.time,
        sources: () => [mirror],
      }).runUntilIdle();
      const rows = await hub.database('application').orderBy('key');
      return rows.map(row => [
        row.sync,
        ...JSON.parse(row.record).syncReasons.map((each: any) => each.code),
      ]);
    }

    async function observe(version = 1, more = {}) {
      await hub.observe('argocd:eu', [
        application({ uid: 'cart', version, ...more }),
      ]);
    }

    it('another base is something else to ask for', async () => {
      await observe();
      await expect(
        derive(
          mirrorOf({
            commits: commits(sha => ({ references: [`base ${sha}`] })),
          }),
        ),
      ).resolves.toEqual([['pending', 'desired-differs']]);
    });

    it('the same base is the same', async () => {
      await observe();
      await expect(
        derive(mirrorOf({ commits: commits(() => ({ references: ['b 1'] })) })),
      ).resolves.toEqual([['drifted', 'same-desired']]);
    });

    it('says that the cause is unknown where it cannot be followed, and remembers it', async () => {
      await observe();
      const mirror = mirrorOf({
        commits: commits(() => ({
          unfollowed: ['what a imports', 'what b imports', 'c', 'd', 'e'],
        })),
      });
      const unknown = [['out-of-sync', 'not-followed']];
      await expect(derive(mirror)).resolves.toEqual(unknown);
      const [{ record, look_again_at: again }] = await hub.database(
        'application',
      );
      expect(JSON.parse(record).syncReasons[0].text).toContain(
        'apps/cart takes in what a imports; what b imports; c; 2 more, which cannot be compared',
      );
      // No later look makes it known.
      expect(again).toBeNull();
      mirror.asked.length = 0;
      await observe(2, { health: 'degraded' });
      await expect(derive(mirror)).resolves.toEqual(unknown);
      expect(mirror.asked).toEqual([]);
    });

    it('says so of a plugin', async () => {
      const origin = {
        repository,
        path: 'apps/web',
        desiredRevision: two,
        syncedRevision: one,
        plugin: true,
      };
      await observe(1, { origins: [origin] });
      const mirror = mirrorOf({ commits: commits(() => ({})) });
      await expect(derive(mirror)).resolves.toEqual([
        ['out-of-sync', 'not-followed'],
      ]);
    });

    it('compares nothing with what was stored before references were followed', async () => {
      await observe();
      await hub.database('fingerprint').insert({
        repository,
        sha: one,
        paths_hash: hashOf(['apps/cart']),
        hash: 'of the tree alone',
        at: hub.time,
      });
      await expect(
        derive(mirrorOf({ commits: commits(() => ({ references: ['b 1'] })) })),
      ).resolves.toEqual([['drifted', 'same-desired']]);
    });
  },
);
