import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { createSource } from './__testUtils__/createSource';
import { TestRepository } from './__testUtils__/TestRepository';

jest.setTimeout(60_000);

describe('revisions of a mirror', () => {
  let folder: string;
  let repository: TestRepository;
  const { signal } = new AbortController();

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'day2-revisions-'));
    repository = TestRepository.create({ folder });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function sourceAt(directory: string) {
    return createSource({
      directory: join(folder, directory),
      repository: {
        name: 'gitops',
        url: `file:${repository.bare}`,
        webUrl: 'https://git.tern.example/gitops',
        role: 'gitops',
        branch: 'main',
        environments: [
          { path: '^apps/(?<application>[^/]+)/(?<environment>[^/]+)/' },
        ],
      },
    });
  }

  async function read(source: ReturnType<typeof sourceAt>) {
    const observations = [];
    for await (const batch of source.pull({
      signal,
      logger: mockServices.logger.mock(),
      now: () => 0,
    })) {
      observations.push(...batch.observations);
    }
    return observations;
  }

  const manifest = (tag: string) =>
    [
      'apiVersion: apps/v1',
      'kind: Deployment',
      'metadata: { name: cart }',
      'spec: { template: { spec: { containers: [{ name: cart, image: "tern/cart:TAG" }] } } }',
    ]
      .join('\n')
      .replace('TAG', tag);

  it('tells position, trees, time and address; the same trees where nothing moved', async () => {
    const first = repository.commit('one', {
      'apps/cart/prod/cart.yaml': manifest('v1'),
      'charts/a b/x.yaml': 'a: 1',
    });
    const second = repository.commit('two', { 'other.txt': 'x' });
    const third = repository.commit('three', {
      'apps/cart/prod/cart.yaml': manifest('v2'),
    });
    repository.push();
    const source = sourceAt('mirrors');
    await read(source);
    const paths = [
      'apps/cart/prod',
      './apps/cart/prod/cart.yaml',
      '',
      'none',
      'charts/a b',
      '../x',
      'a\nb',
    ];
    const [a, b, c] = await source.revisions.describe({
      revisions: [first, second, third].map(sha => ({ sha, paths })),
      signal,
    });
    expect([a, b, c].map(each => each?.position)).toEqual([1, 2, 3]);
    expect(a).toMatchObject({
      committedAt: Date.UTC(2026, 0, 1) + 60_000,
      url: `https://git.tern.example/gitops/commit/${first}`,
    });
    expect(a?.trees[0]).toBe(
      repository.git('rev-parse', `${first}:apps/cart/prod`),
    );
    expect(a?.trees[2]).toBe(repository.git('rev-parse', `${first}^{tree}`));
    expect(a?.trees.map(tree => tree !== undefined)).toEqual([
      true,
      true,
      true,
      false,
      true,
      false,
      false,
    ]);
    // Another file moved: the application's stay, the whole does not.
    expect(b?.trees.slice(0, 2)).toEqual(a?.trees.slice(0, 2));
    expect(b?.trees[2]).not.toBe(a?.trees[2]);
    expect(c?.trees[0]).not.toBe(a?.trees[0]);
    source.close();
  });

  it('counts as the desired deployments do, and gives no position off the first parent', async () => {
    repository.commit('one', { 'apps/cart/prod/cart.yaml': manifest('v1') });
    repository.git('checkout', '--quiet', '-b', 'side');
    const side = repository.commit('side', {
      'apps/cart/prod/cart.yaml': manifest('v2'),
    });
    repository.git('checkout', '--quiet', 'main');
    repository.commit('two', { 'x.txt': '1' });
    const merge = repository.merge('side', 'Merge side');
    repository.git('checkout', '--quiet', '-b', 'tagged');
    const tagged = repository.commit('tagged', { 'y.txt': '1' });
    repository.git('tag', 'v9');
    repository.git('checkout', '--quiet', 'main');
    repository.git('branch', '--quiet', '-D', 'tagged');
    repository.push();
    const source = sourceAt('mirrors');
    const orders = new Map(
      (await read(source)).flatMap(each =>
        each.kind === 'deployment'
          ? [[each.manifestRevision?.sha, each.order]]
          : [],
      ),
    );
    const answers = await source.revisions.describe({
      revisions: [merge, side, tagged].map(sha => ({ sha, paths: [] })),
      signal,
    });
    expect(orders.get(merge)).toBe(3);
    expect(answers.map(each => each && [each.position])).toEqual([
      [3],
      [undefined],
      [undefined],
    ]);
    source.close();
  });

  it('fetches what it lacks, as a replica that never read the source; the unknown stays unknown', async () => {
    const first = repository.commit('one', { 'a.txt': '1' });
    repository.push();
    const source = sourceAt('of another replica');
    const ask = (...shas: string[]) =>
      source.revisions.describe({
        revisions: shas.map(sha => ({ sha, paths: ['a.txt'] })),
        signal,
      });
    const blob = repository.git('rev-parse', `${first}:a.txt`);
    const [known, ...unknown] = await ask(
      first,
      'f'.repeat(40),
      blob,
      '1.2.3',
      '--help',
      `${first.slice(0, 39)}:`,
    );
    expect(known).toMatchObject({ position: 1, trees: [blob] });
    expect(unknown).toEqual(unknown.map(() => undefined));
    source.close();
  });

  it('says nothing of a mirror that is not there, and stops when it is told to', async () => {
    const source = sourceAt('none');
    rmSync(repository.bare, { recursive: true });
    const revisions = [{ sha: 'a'.repeat(40), paths: [''] }];
    await expect(
      source.revisions.describe({ revisions, signal }),
    ).resolves.toEqual([undefined]);
    await expect(
      source.revisions.describe({
        revisions,
        signal: AbortSignal.abort(new Error('over')),
      }),
    ).rejects.toThrow('over');
    source.close();
  });
});
