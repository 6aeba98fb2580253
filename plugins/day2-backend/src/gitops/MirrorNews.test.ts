import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Observation, Source } from '@day2/backstage-plugin-day2-node';
import { application, mirrorOf, synced } from '../__testUtils__/applications';
import { differences, dumpTables } from '../__testUtils__/dumpTables';
import { deployment, shaOf } from '../__testUtils__/observations';
import { testEnvironments, TestHub } from '../__testUtils__/testHub';
import { DeriveWorker } from '../derive';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const hour = 3_600_000;
const [zero, one, two, tip] = ['zero', 'one', 'two', 'tip'].map(shaOf);
type Commits = Parameters<typeof mirrorOf>[0]['commits'];

/** The branch: `zero` only where it is read that deep, `tip` is another service's commit. */
const branch = (first = 1): Commits => ({
  [one]: { position: first, trees: { 'apps/cart': '1' } },
  [two]: { position: first + 1, trees: { 'apps/cart': '2' } },
  [tip]: { position: first + 2, trees: { 'apps/cart': '2' } },
});

function wants(sha: string, order: number, name: string, version = 1) {
  return deployment({
    key: `${sha}:deployment:cart`,
    application: 'cart',
    version,
    versionName: name,
    finishedAt: hour + order,
    order,
    rollout: 'unknown',
    manifestRevision: { repository: 'tern-gitops', sha },
  });
}

const git = [wants(one, 1, 'v1'), wants(two, 2, 'v2')];
const argocd = [
  application({
    uid: 'cart',
    origins: [
      {
        repository: 'https://git.tern.example/tern/gitops.git',
        path: 'apps/cart',
        desiredRevision: tip,
        syncedRevision: one,
      },
    ],
  }),
  ...[one, tip].map((sha, at) =>
    synced({
      uid: 'cart',
      sha,
      versionName: undefined,
      finishedAt: (at + 2) * hour,
    }),
  ),
];

describe.each(databases.eachSupportedId())('news of a mirror on %p', id => {
  /** A hub whose mirror holds what `commits` does at the time. */
  async function hubOf(commits: Commits) {
    const hub = await TestHub.create(await databases.init(id));
    await hub.addService({ id: 'cart', ref: 'component:default/cart' });
    const mirror = mirrorOf({ commits });
    const worker = (sources: Source[]) =>
      DeriveWorker.create({
        database: hub.database,
        environments: testEnvironments,
        logger: mockServices.logger.mock(),
        now: () => hub.time,
        sources: () => sources,
      });
    const own = worker([mirror]);
    let reads = 0;
    return {
      hub,
      mirror,
      commits,
      derive: () => own.runUntilIdle(),
      deriveWithout: () => worker([]).runUntilIdle(),
      argocd: (said: Observation[] = argocd) => hub.observe('argocd:eu', said),
      git: (said: Observation[] = git) =>
        hub.observe('git:tern-gitops', said, { cursor: { at: (reads += 1) } }),
      deployed: async () => {
        const rows = await hub
          .database('deployment')
          .orderBy(['finished_at', 'version']);
        return rows.map(row => `${row.version} ${row.finished_at / hour}`);
      },
    };
  }

  /** All that follows of what is known, without when and how often it was asked. */
  async function known({
    hub: { database },
  }: Awaited<ReturnType<typeof hubOf>>) {
    const {
      deployment: deployments,
      timeline,
      running,
      delivery,
    } = await dumpTables(database);
    const plain = async (table: string, without: string[]) =>
      (await database(table).select('*'))
        .map(row =>
          JSON.stringify(row, (key, value) =>
            without.includes(key) ? undefined : value,
          ),
        )
        .sort();
    return {
      deployments,
      timeline,
      running,
      delivery,
      application: await plain('application', ['hash', 'look_again_at']),
      git_revision: await plain('git_revision', []),
      fingerprint: await plain('fingerprint', ['at']),
    };
  }

  const expected = ['v1 2', 'v2 3'];

  it('what was judged before the repository was read is judged anew, whatever came first', async () => {
    const straight = await hubOf(branch());
    await straight.git();
    await straight.argocd();
    await straight.derive();
    expect(await straight.deployed()).toEqual(expected);
    const [row] = await straight.hub.database('application');
    expect([row.sync, row.look_again_at]).toEqual(['pending', null]);

    const others: Record<string, (of: typeof straight) => Promise<unknown>> = {
      'Argo CD first, the clone comes later': async of => {
        await of.argocd();
        await of.derive();
        expect(await of.deployed()).not.toEqual(expected);
        Object.assign(of.commits, branch());
        await of.git();
      },
      'Argo CD first, the repository is configured later': async of => {
        await of.argocd();
        await of.deriveWithout();
        Object.assign(of.commits, branch());
        await of.git();
      },
      'what Git asked for first, in two readings': async of => {
        const { [one]: first, ...rest } = branch();
        await of.git(git.slice(0, 1));
        of.commits[one] = first;
        await of.argocd();
        await of.derive();
        Object.assign(of.commits, rest);
        await of.git(git.slice(1));
      },
      'another reading, of which nothing is to say': async of => {
        await of.git();
        await of.argocd(argocd.slice(1));
        await of.derive();
        await of.argocd(argocd.slice(0, 1));
        await of.derive();
        Object.assign(of.commits, branch());
        await of.git([]);
      },
      'an application that is gone by then': async of => {
        await of.argocd();
        await of.derive();
        await of.argocd([
          { kind: 'withdrawn', keyPrefix: 'app:cart', reason: 'deleted' },
        ]);
        await of.derive();
        Object.assign(of.commits, branch());
        await of.git();
        await of.derive();
        expect(await of.deployed()).toEqual(expected);
        await of.argocd([
          application({ ...argocd[0], uid: 'cart', version: 2 } as never),
        ]);
      },
    };
    const wanted = await known(straight);
    for (const [title, run] of Object.entries(others)) {
      const of = await hubOf({});
      await run(of);
      await of.derive();
      expect([title, differences(await known(of), wanted)]).toEqual([
        title,
        {},
      ]);
    }
  });

  it('a deeper clone counts from an earlier beginning', async () => {
    const of = await hubOf(branch());
    await of.git();
    await of.argocd();
    await of.derive();
    Object.assign(of.commits, branch(5));
    await of.git([
      wants(zero, 2, 'v0', 2),
      wants(one, 5, 'v1', 2),
      wants(two, 6, 'v2', 2),
    ]);
    await of.derive();
    expect((await of.deployed()).slice(-2)).toEqual(expected);

    const straight = await hubOf(branch(5));
    await straight.git([
      wants(zero, 2, 'v0', 2),
      wants(one, 5, 'v1', 2),
      wants(two, 6, 'v2', 2),
    ]);
    await straight.argocd();
    await straight.derive();
    expect(differences(await known(of), await known(straight))).toEqual({});
  });

  it('a revision that is rewritten away has no place any more, one that is merged gets one', async () => {
    const rewritten = branch();
    delete rewritten[tip].position;
    const of = await hubOf(branch());
    await of.git();
    await of.argocd();
    await of.derive();
    Object.assign(of.commits, rewritten);
    await of.git([]);
    await of.derive();

    const straight = await hubOf(rewritten);
    await straight.git();
    await straight.argocd();
    await straight.derive();
    expect((await straight.deployed()).slice(-2)).toEqual([
      'v1 2',
      `${tip.slice(0, 8)} 3`,
    ]);
    expect(differences(await known(of), await known(straight))).toEqual({});

    Object.assign(of.commits, branch());
    await of.git([]);
    await of.derive();
    expect(await of.deployed()).toEqual(expected);
  });

  it('asks little where the branch only grew, and nothing where nothing was read', async () => {
    const of = await hubOf(branch());
    await of.git();
    await of.argocd();
    await of.derive();
    of.mirror.asked.length = 0;
    await of.derive();
    expect(of.mirror.asked).toEqual([]);
    await of.git([]);
    await of.derive();
    expect(of.mirror.asked).toEqual([[tip]]);
  });

  it('a mirror that cannot be asked is asked again', async () => {
    const of = await hubOf(branch());
    await of.argocd();
    await of.derive();
    const { describe: answer } = of.mirror.revisions!;
    const reader = of.mirror.revisions as { describe: typeof answer };
    reader.describe = async () => {
      throw new Error('disk gone');
    };
    Object.assign(of.commits, branch(5));
    await of.git();
    await of.derive();
    reader.describe = answer;
    await of.derive();
    const [row] = await of.hub.database('git_revision').where('sha', tip);
    expect(row.position).toBe(7);
  });
});
