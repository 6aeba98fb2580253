import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Source } from '@day2/backstage-plugin-day2-node';
import { application, mirrorOf, synced } from '../__testUtils__/applications';
import { shaOf } from '../__testUtils__/observations';
import { testEnvironments, TestHub } from '../__testUtils__/testHub';
import { DeriveWorker } from '../derive';
import { subjectIdOf } from '../subjects/SubjectStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const source = 'argocd:eu';
const [one, two, three] = ['one', 'two', 'three'].map(shaOf);

/** The same of cart at the first two, another at the third; of pay another each time. */
const commits = {
  [one]: { position: 1, trees: { 'apps/cart': 'c1', 'apps/pay': 'p1' } },
  [two]: { position: 2, trees: { 'apps/cart': 'c1', 'apps/pay': 'p2' } },
};

describe.each(databases.eachSupportedId())('applications on %p', id => {
  let hub: TestHub;

  beforeEach(async () => {
    hub = await TestHub.create(await databases.init(id));
  });

  function workerOf(sources: Source[]) {
    return DeriveWorker.create({
      database: hub.database,
      environments: testEnvironments,
      logger: mockServices.logger.mock(),
      now: () => hub.time,
      sources: () => sources,
    });
  }

  async function states() {
    const rows = await hub.database('application').orderBy('key').select('*');
    return rows.map(row => ({
      key: row.key,
      sync: row.sync,
      environment: row.environment,
      codes: JSON.parse(row.record).syncReasons.map((each: any) => each.code),
    }));
  }

  it('tells pending from drifted by what the paths hold, and keeps what it asked', async () => {
    await hub.observe(source, [
      application({ uid: 'cart' }),
      application({ uid: 'pay' }),
      application({ uid: 'web', sync: 'synced' }),
    ]);
    const mirror = mirrorOf({ commits });
    await workerOf([mirror]).runUntilIdle();
    await expect(states()).resolves.toEqual([
      {
        key: 'app:cart',
        sync: 'drifted',
        environment: 'production',
        codes: ['same-desired'],
      },
      {
        key: 'app:pay',
        sync: 'pending',
        environment: 'production',
        codes: ['desired-differs'],
      },
      {
        key: 'app:web',
        sync: 'synced',
        environment: 'production',
        codes: ['in-sync'],
      },
    ]);
    const [{ record }] = await hub
      .database('application')
      .where('key', 'app:pay');
    expect(JSON.parse(record).origins).toMatchObject([
      {
        mirrored: true,
        desiredUrl: `https://git.tern.example/tern/gitops/commit/${two}`,
      },
    ]);
    // Another reading of the same revisions asks no mirror.
    mirror.asked.length = 0;
    await hub.observe(source, [
      application({ uid: 'cart', version: 2, health: 'degraded' }),
    ]);
    await workerOf([mirror]).runUntilIdle();
    expect(mirror.asked).toEqual([]);
    const [cart] = await hub.database('application').where('key', 'app:cart');
    expect([cart.health, cart.severity, cart.sync]).toEqual([
      'degraded',
      4,
      'drifted',
    ]);
  });

  it('narrowed to a file, a commit to its neighbour is none of its', async () => {
    const file = 'manifests/prod/cart.yaml';
    const shared = {
      repository: 'https://git.tern.example/tern/gitops.git',
      path: 'manifests/prod',
      paths: [file],
      desiredRevision: two,
      syncedRevision: one,
    };
    await hub.observe(source, [
      application({ uid: 'a', origins: [shared] }),
      application({ uid: 'b', origins: [{ ...shared, narrowed: true }] }),
    ]);
    const trees = (folder: string) => ({
      'manifests/prod': folder,
      [file]: 'f',
    });
    await workerOf([
      mirrorOf({
        commits: {
          [one]: { position: 1, trees: trees('1') },
          [two]: { position: 2, trees: trees('2') },
        },
      }),
    ]).runUntilIdle();
    expect((await states()).map(({ sync }) => sync)).toEqual([
      'pending',
      'drifted',
    ]);
  });

  it('without the repository the cause is unknown, until it is configured', async () => {
    await hub.observe(source, [application({ uid: 'pay' })]);
    await workerOf([
      mirrorOf({ commits, urls: ['https://git.tern.example/tern/other'] }),
    ]).runUntilIdle();
    await expect(states()).resolves.toMatchObject([
      { sync: 'out-of-sync', codes: ['not-mirrored'] },
    ]);
    // The portal starts again with the repository among its sources.
    await workerOf([mirrorOf({ commits })]).runUntilIdle();
    await expect(states()).resolves.toMatchObject([{ sync: 'pending' }]);
  });

  it('looks again for a revision that the mirror lacks, ever less often', async () => {
    await hub.observe(source, [
      application({
        uid: 'cart',
        origins: [
          {
            repository: 'git@git.tern.example:tern/gitops.git',
            path: 'apps/cart',
            desiredRevision: three,
            syncedRevision: two,
          },
        ],
      }),
    ]);
    const growing: Parameters<typeof mirrorOf>[0]['commits'] = { ...commits };
    const mirror = mirrorOf({ commits: growing });
    const worker = workerOf([mirror]);
    const waits: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      await worker.runUntilIdle();
      await expect(states()).resolves.toMatchObject([
        { sync: 'out-of-sync', codes: ['revision-missing'] },
      ]);
      const [row] = await hub.database('application').select('look_again_at');
      waits.push(Number(row.look_again_at) - hub.time);
      hub.time = Number(row.look_again_at);
    }
    expect(waits).toEqual([30_000, 30_000, 60_000, 120_000]);
    growing[three] = { position: 3, trees: { 'apps/cart': 'c3' } };
    await worker.runUntilIdle();
    await expect(states()).resolves.toMatchObject([{ sync: 'pending' }]);
    await expect(
      hub.database('application').whereNotNull('look_again_at'),
    ).resolves.toEqual([]);
  });

  it('finds where the revisions of syncs stand, and has their sequences derived again', async () => {
    await hub.addService({ id: 'cart', ref: 'component:default/cart' });
    const side = shaOf('side');
    await hub.observe(source, [
      synced({ uid: 'cart', sha: two }),
      synced({ uid: 'cart', sha: side, finishedAt: 2_000 }),
      synced({ uid: 'cart', sha: three, finishedAt: 3_000 }),
    ]);
    const mirror = mirrorOf({ commits: { ...commits, [side]: {} } });
    await workerOf([]).runUntilIdle();
    await expect(hub.database('dirty_sequence')).resolves.toEqual([]);
    await hub.observe(source, [application({ uid: 'cart' })]);
    const marked: unknown[] = [];
    hub.database.on('query', ({ sql }) => {
      if (/insert into .dirty_sequence/.test(sql)) {
        marked.push(sql);
      }
    });
    await workerOf([mirror]).runUntilIdle();
    expect(marked).toHaveLength(1);
    const known = await hub
      .database('git_revision')
      .whereIn('sha', [two, side, three])
      .orderBy('position')
      .select('repository', 'sha', 'mirror', 'position');
    expect(known.sort((a, b) => (a.sha < b.sha ? 1 : -1))).toEqual([
      {
        repository: 'https://git.tern.example/tern/gitops.git',
        sha: two,
        mirror: 'tern-gitops',
        position: 2,
      },
      {
        repository: 'https://git.tern.example/tern/gitops.git',
        sha: side,
        mirror: 'tern-gitops',
        position: null,
      },
    ]);
    // The third is not there yet: it is looked for again.
    const [{ look_again_at: again }] = await hub.database('application');
    expect(Number(again)).toBe(hub.time + 30_000);
  });

  it('removes an application that is gone, and takes one that is made anew for another', async () => {
    const worker = workerOf([mirrorOf({ commits })]);
    await hub.observe(source, [
      application({ uid: 'cart' }),
      application({ uid: 'pay' }),
    ]);
    await worker.runUntilIdle();
    await hub.observe(source, [
      { kind: 'withdrawn', keyPrefix: 'app:cart', reason: 'deleted' },
      application({ uid: 'cart-2' }),
    ]);
    await worker.runUntilIdle();
    expect((await states()).map(({ key }) => key)).toEqual([
      'app:cart-2',
      'app:pay',
    ]);
  });

  it('a mirror that fails keeps nothing else from being derived', async () => {
    await hub.observe(source, [
      application({ uid: 'pay' }),
      application({ uid: 'web', sync: 'synced' }),
    ]);
    const broken: Source = {
      ...mirrorOf({ commits }),
      revisions: {
        describe: async () => {
          throw new Error('disk gone');
        },
      },
    };
    const worker = workerOf([broken]);
    await worker.runUntilIdle();
    expect((await states()).map(({ sync }) => sync)).toEqual([
      'out-of-sync',
      'synced',
    ]);
    await expect(worker.failed()).resolves.toBe(0);
  });

  it('is marked while it is worked on: what came later wins', async () => {
    await hub.observe(source, [application({ uid: 'pay' })]);
    const mirror = mirrorOf({ commits });
    const { describe: answer } = mirror.revisions!;
    const other = workerOf([mirror]);
    const meanwhile: number[] = [];
    const slow: Source = {
      ...mirror,
      revisions: {
        describe: async options => {
          if (meanwhile.length === 0) {
            await hub.observe(source, [
              application({ uid: 'pay', version: 2, sync: 'synced' }),
            ]);
            const { applications } = await other.runUntilIdle();
            meanwhile.push(applications);
          }
          return answer(options);
        },
      },
    };
    await workerOf([slow]).runUntilIdle();
    // Another replica leaves alone what somebody works on.
    expect(meanwhile).toEqual([0]);
    await expect(states()).resolves.toMatchObject([{ sync: 'synced' }]);
    await expect(other.pending()).resolves.toMatchObject({ applications: 0 });
  });

  it('notes what is not seen any more, in place of what it noted before', async () => {
    const reason = 'Argo CD refuses to show it (403)';
    await hub.observe(source, [application({ uid: 'pay' })], {
      unseen: [
        { key: 'app:pay', since: 5, reason },
        { key: 'app:cart', since: 6, reason },
      ],
    });
    await hub.observe(source, []);
    await expect(
      hub.database('application_unseen').orderBy('key').pluck('key'),
    ).resolves.toEqual(['app:cart', 'app:pay']);
    await hub.observe(source, [], {
      unseen: [{ key: 'app:cart', since: 6, reason }],
    });
    const rows = await hub.database('application_unseen').select('*');
    expect(
      rows.map(row => ({ ...row, since: Number(row.since) })),
    ).toMatchObject([{ source, key: 'app:cart', since: 6, reason }]);
  });

  it('knows the environments by other rules after a start with them', async () => {
    await hub.observe(source, [application({ uid: 'pay' })]);
    await workerOf([]).runUntilIdle();
    await DeriveWorker.create({
      database: hub.database,
      environments: [{ name: 'live', tier: 'production', match: ['prod'] }],
      logger: mockServices.logger.mock(),
      now: () => hub.time,
    }).runUntilIdle();
    await expect(states()).resolves.toMatchObject([{ environment: 'live' }]);
    expect(await hub.database('application').pluck('subject_id')).toEqual([
      subjectIdOf(source, 'pay'),
    ]);
  });
});
