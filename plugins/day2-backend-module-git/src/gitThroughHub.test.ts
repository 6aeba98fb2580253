import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import { deployment } from './__testUtils__/manifests';
import { TestPortal } from './__testUtils__/TestPortal';
import { TestRepository } from './__testUtils__/TestRepository';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('git through the hub on %s', id => {
  let folder: string;
  let shop: TestRepository;
  let gitops: TestRepository;
  let portals: TestPortal[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'day2-hub-'));
    shop = TestRepository.create({ folder, name: 'shop' });
    gitops = TestRepository.create({
      folder,
      name: 'gitops',
      start: Date.UTC(2026, 1, 1),
    });
    portals = [];
  });

  afterEach(async () => {
    await Promise.all(portals.map(portal => portal.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  async function portalOf(): Promise<TestPortal> {
    const portal = TestPortal.create({
      database: await databases.init(id),
      directory: join(folder, `mirrors-${portals.length}`),
    });
    portals.push(portal);
    return portal;
  }

  function repositories(more: { shop?: object; gitops?: object } = {}) {
    return [
      {
        name: 'shop',
        url: shop.bare,
        role: 'application',
        slug: 'tern/shop',
        ...more.shop,
      },
      { name: 'gitops', url: gitops.bare, role: 'gitops', ...more.gitops },
    ];
  }

  function commits(count: number): string[] {
    return Array.from({ length: count }, (_, n) =>
      shop.commit(`Commit ${n + 1}`, { file: `${n}` }),
    );
  }

  function release(sha: string): string {
    return gitops.commit(`Release ${sha.slice(0, 8)}`, {
      'production/cart/deployment.yaml': deployment({
        name: 'cart',
        image: `tern/cart:1.0-${sha.slice(0, 8)}`,
      }),
    });
  }

  function push(): void {
    shop.push();
    gitops.push();
  }

  function between(before: string, sha: string): string[] {
    return shop.git('rev-list', `${before}..${sha}`).split('\n').sort();
  }

  it('a shallow clone that is deepened completes what deployments carried', async () => {
    const shas = commits(30);
    release(shas[9]);
    release(shas[24]);
    release(shas[29]);
    push();
    const clone = join(folder, 'clone');
    const run = (...args: string[]) =>
      execFileSync('git', args, { cwd: folder, stdio: 'ignore' });
    run('clone', '--quiet', '--depth=15', `file://${shop.bare}`, clone);
    const portal = await portalOf();
    await portal.start(repositories({ shop: { url: clone } }));
    const shallow = await portal.deployments();
    expect(shallow.map(({ complete }) => complete)).toEqual([
      true,
      false,
      true,
    ]);

    run('-C', clone, 'fetch', '--quiet', '--unshallow');
    await portal.settle();
    expect(await portal.deployments()).toMatchObject([
      { complete: true, commits: [] },
      { complete: true, commits: between(shas[9], shas[24]) },
      { complete: true, commits: between(shas[24], shas[29]) },
    ]);
    const fresh = await portalOf();
    await fresh.start(repositories());
    expect((await portal.knowledge()).commits).toEqual(
      (await fresh.knowledge()).commits,
    );
  });

  it('a history read from a date on, then all of it', async () => {
    const shas = commits(30);
    release(shas[9]);
    release(shas[24]);
    push();
    const since = new Date(
      Number(shop.git('log', '-1', '--format=%ct', shas[14])) * 1000 + 1000,
    ).toISOString();
    const portal = await portalOf();
    await portal.start(repositories({ shop: { since } }));
    expect((await portal.deployments())[1]).toMatchObject({ complete: false });

    await portal.start(repositories());
    expect((await portal.deployments())[1]).toMatchObject({
      complete: true,
      commits: between(shas[9], shas[24]),
    });
    const fresh = await portalOf();
    await fresh.start(repositories());
    expect(await portal.knowledge()).toEqual(await fresh.knowledge());
  });

  it('a hotfix on a release branch carries what it adds to the release', async () => {
    const shas = commits(3);
    shop.git('tag', 'v1.0.0', shas[1]);
    shop.git('checkout', '--quiet', '-b', 'release-1', shas[1]);
    const fix = shop.commit('Fix', { fix: '1' });
    shop.git('tag', 'v1.0.1');
    shop.git('checkout', '--quiet', 'main');
    for (const version of ['1.0.0', '1.0.1']) {
      gitops.commit(`Release ${version}`, {
        'production/cart/deployment.yaml': deployment({
          name: 'cart',
          image: `tern/cart:${version}`,
        }),
      });
    }
    push();
    const portal = await portalOf();
    await portal.start(repositories());
    expect((await portal.deployments())[1]).toMatchObject({
      version: '1.0.1',
      complete: true,
      commits: [fix],
    });
    // Merged back and deployed from there, it is carried no second time.
    const merge = shop.merge('release-1', 'Merge release-1');
    release(merge);
    push();
    await portal.settle();
    expect((await portal.deployments())[2]).toMatchObject({
      complete: true,
      commits: [merge, shas[2]].sort(),
    });
  });

  it('increments, rewritten history, another configuration, a restart and reading again leave what one reading does', async () => {
    const shas = commits(6);
    shop.git('tag', 'v1', shas[2]);
    release(shas[2]);
    push();
    const portal = await portalOf();
    await portal.start(
      repositories({
        gitops: {
          patterns: [{ files: '\\.env$', match: 'TAG=(?<version>.*)' }],
        },
      }),
    );
    shop.git('checkout', '--quiet', '-b', 'topic');
    shop.commit('Side', { side: '1' });
    shop.git('checkout', '--quiet', 'main');
    shop.commit('Main', { main: '1' });
    const merge = shop.merge('topic', 'Merge pull request #1 from org/topic');
    gitops.commit('More', { 'production/cart/.env': 'TAG=1\n' });
    release(merge);
    push();
    await portal.settle();

    // What was read of the last commits is rewritten.
    shop.git('reset', '--quiet', '--hard', shas[4]);
    const other = shop.commit('Other', { file: 'other' });
    shop.git('tag', '--force', 'v1', shas[3]);
    gitops.git('reset', '--quiet', '--hard', 'HEAD~1');
    release(other);
    push();
    await portal.settle();

    await portal.start(repositories());
    // A hub that misread something, as another version of it may have.
    await portal
      .database('git_commit')
      .where({ sha: other })
      .update({ paths: '["wrong"]', parents: '' });
    await portal.database('git_tag').update({ sha: shas[0] });
    await portal.reread('git:shop');
    await portal.reread('git:gitops');

    const fresh = await portalOf();
    await fresh.start(repositories());
    const expected = await fresh.knowledge();
    expect(expected.deployments).toMatchObject([
      { complete: true, commits: [] },
      { complete: true, commits: between(shas[2], other) },
    ]);
    expect(expected.tags).toMatchObject([{ name: 'v1', sha: shas[3] }]);
    expect(await portal.knowledge()).toEqual(expected);

    // And a third time, where the generation is high by now.
    await portal
      .database('git_commit')
      .where({ sha: other })
      .update({ parents: '' });
    await portal.reread('git:shop');
    expect(await portal.knowledge()).toEqual(expected);
  });
});
