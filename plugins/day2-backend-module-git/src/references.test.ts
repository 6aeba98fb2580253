import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSource } from './__testUtils__/createSource';
import { TestRepository } from './__testUtils__/TestRepository';

jest.setTimeout(60_000);

type Files = Record<string, string | undefined>;

const kustomization = (...resources: string[]) => JSON.stringify({ resources });
const overlay = 'apps/cart/overlays/prod';
const base = 'apps/cart/base';
const cart: Files = {
  [`${overlay}/kustomization.yaml`]: kustomization('../../base'),
  [`${base}/kustomization.yaml`]: kustomization('deployment.yaml'),
  [`${base}/deployment.yaml`]: 'replicas: 1',
};

describe('what an application is made of beyond its paths', () => {
  let folder: string;
  let repository: TestRepository;
  const { signal } = new AbortController();

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'day2-references-'));
    repository = TestRepository.create({ folder });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** What is known of the commits that these changes make, one after the other. */
  async function describeAll(paths: string[], ...shas: string[]) {
    repository.push();
    const source = createSource({
      directory: join(folder, 'mirrors'),
      repository: {
        name: 'gitops',
        url: `file:${repository.bare}`,
        role: 'gitops',
        branch: 'main',
      },
    });
    try {
      const answers = await source.revisions.describe({
        revisions: shas.map(sha => ({ sha, paths })),
        signal,
      });
      return answers.map(answer => ({
        trees: answer!.trees,
        references: answer!.references!,
        unfollowed: answer!.unfollowed!,
      }));
    } finally {
      source.close();
    }
  }

  async function compare(paths: string[], before: Files, change: Files) {
    const [one, two] = [
      repository.commit('one', before),
      repository.commit('two', change),
    ];
    const [a, b] = await describeAll(paths, one, two);
    // Else this would not be about what lies beyond.
    expect(b.trees).toEqual(a.trees);
    expect(a.references).toEqual([...a.references].sort());
    return {
      differs: a.references.join() !== b.references.join(),
      unfollowed: b.unfollowed,
    };
  }

  it.each<[string, Files, Files]>([
    [
      'a file of its base',
      cart,
      { [`${base}/deployment.yaml`]: 'replicas: 2' },
    ],
    [
      'what its base consists of',
      { ...cart, [`${base}/new.yaml`]: 'a: 1' },
      {
        [`${base}/kustomization.yaml`]: kustomization(
          'deployment.yaml',
          'new.yaml',
        ),
      },
    ],
    [
      'a component of its base, and that by the old word',
      {
        ...cart,
        [`${base}/kustomization.yml`]: undefined,
        [`${base}/kustomization.yaml`]: JSON.stringify({
          components: ['../../../components/tls'],
        }),
        'components/tls/kustomization.yml': JSON.stringify({
          kind: 'Component',
          bases: ['../common/'],
        }),
        'components/common/Kustomization': JSON.stringify({
          patches: [{ path: 'patch.yaml' }],
        }),
        'components/common/patch.yaml': 'a: 1',
      },
      { 'components/common/patch.yaml': 'a: 2' },
    ],
    [
      'a file for a generator, and one chart’s values',
      {
        [`${overlay}/kustomization.yaml`]: JSON.stringify({
          configMapGenerator: [{ name: 'c', files: ['key=../../shared.ini'] }],
          helmCharts: [{ name: 'c', valuesFile: '../../values.yaml' }],
          helmGlobals: { chartHome: '../../charts' },
        }),
        'apps/cart/shared.ini': 'a=1',
        'apps/cart/values.yaml': 'a: 1',
        'apps/cart/charts/c/Chart.yaml': 'name: c',
        'apps/cart/charts/c/templates/x.yaml': 'x: 1',
      },
      { 'apps/cart/charts/c/templates/x.yaml': 'x: 2' },
    ],
    [
      'a chart that its chart depends on by file://, at second hand',
      {
        [`${overlay}/Chart.yaml`]: JSON.stringify({
          dependencies: [
            { name: 'web', repository: 'file://../../../../charts/web' },
          ],
        }),
        'charts/web/Chart.yaml': 'name: web',
        'charts/web/requirements.yaml': JSON.stringify({
          dependencies: [{ name: 'lib', repository: 'file://../lib' }],
        }),
        'charts/lib/Chart.yaml': 'name: lib',
        'charts/lib/templates/_x.tpl': 'x',
      },
      { 'charts/lib/templates/_x.tpl': 'y' },
    ],
  ])('sees %s', async (_, before, change) => {
    await expect(
      compare(
        [overlay],
        Object.fromEntries(
          Object.entries(before).filter(([, text]) => text !== undefined),
        ),
        change,
      ),
    ).resolves.toEqual({ differs: true, unfollowed: [] });
  });

  it('of a base that is the parent of all overlays only what it names counts', async () => {
    const files = {
      [`${overlay}/kustomization.yaml`]: kustomization('../..'),
      'apps/cart/kustomization.yaml': kustomization('deployment.yaml'),
      'apps/cart/deployment.yaml': 'replicas: 1',
      'apps/cart/overlays/stage/kustomization.yaml': kustomization('../..'),
    };
    await expect(
      compare([overlay], files, {
        'apps/cart/overlays/stage/new.yaml': 'a: 1',
        'apps/pay/kustomization.yaml': kustomization('x.yaml'),
      }),
    ).resolves.toEqual({ differs: false, unfollowed: [] });
  });

  it('follows links that lead out of a chart, and those on the way to a base', async () => {
    for (const [target, path] of [
      ['../../common/values.yaml', 'charts/web/values.yaml'],
      ['base', 'common/link'],
    ]) {
      repository.commit(path, { [`${path}.txt`]: '' });
      symlinkSync(target, join(repository.folder, path));
    }
    const files = {
      'charts/web/Chart.yaml': 'name: web',
      'common/values.yaml': 'a: 1',
      'common/base/kustomization.yaml': kustomization('x.yaml'),
      'common/base/x.yaml': 'x: 1',
      [`${overlay}/kustomization.yaml`]: kustomization(
        '../../../../common/link',
      ),
    };
    const one = repository.commit('one', files);
    const two = repository.commit('two', { 'common/values.yaml': 'a: 2' });
    const three = repository.commit('three', { 'common/base/x.yaml': 'x: 2' });
    const [a, b, c] = await describeAll(['charts/web'], one, two, three);
    expect(b.trees).toEqual(a.trees);
    expect(b.references).not.toEqual(a.references);
    expect(c.references).toEqual(b.references);
    const [d, e, f] = await describeAll([overlay], one, two, three);
    expect(e.references).toEqual(d.references);
    expect(f.references).not.toEqual(e.references);
    expect([a, d].flatMap(({ unfollowed }) => unfollowed)).toEqual([]);
  });

  it('ends where bases refer to each other', async () => {
    await expect(
      compare(
        ['a'],
        {
          'a/kustomization.yaml': kustomization('../b', '.', '../a'),
          'b/kustomization.yaml': kustomization('../a', 'x.yaml'),
          'b/x.yaml': '1',
        },
        { 'b/x.yaml': '2' },
      ),
    ).resolves.toEqual({ differs: true, unfollowed: [] });
  });

  it('follows 200 bases one after the other, and says where it ends', async () => {
    const chain = (length: number) =>
      Object.fromEntries(
        Array.from({ length }, (_, n) => [
          `b${n}/kustomization.yaml`,
          kustomization(n + 1 < length ? `../b${n + 1}` : 'x.yaml'),
        ]),
      );
    await expect(
      compare(
        ['b0'],
        { ...chain(200), 'b199/x.yaml': '1' },
        { 'b199/x.yaml': '2' },
      ),
    ).resolves.toEqual({ differs: true, unfollowed: [] });
    await expect(
      compare(
        ['b0'],
        { ...chain(1200), 'b199/x.yaml': '1' },
        { 'b1199/x.yaml': '2' },
      ),
    ).resolves.toEqual({
      differs: false,
      unfollowed: ['more than 1000 files and folders'],
    });
  });

  it.each<[string, Files, string]>([
    [
      'a remote base of a branch',
      {
        [`${overlay}/kustomization.yaml`]: kustomization(
          'https://bot:hidden@git.tern.example/base//web?ref=main&token=hidden',
        ),
      },
      'what https://git.tern.example/base//web?ref=main holds',
    ],
    [
      'a remote base of a base',
      {
        ...cart,
        [`${base}/kustomization.yaml`]: kustomization(
          'github.com/tern/base//web',
        ),
      },
      'what github.com/tern/base//web holds',
    ],
    [
      'a base out of the repository',
      { [`${overlay}/kustomization.yaml`]: kustomization('../../../../../x') },
      '../../../../../x, outside of the repository',
    ],
    [
      'a base that is not there',
      { [`${overlay}/kustomization.yaml`]: kustomization('../../none') },
      '../../none, which is not there',
    ],
    [
      'a kustomization that is no YAML',
      { [`${overlay}/kustomization.yaml`]: 'resources: [' },
      `${overlay}/kustomization.yaml, which is no plain YAML`,
    ],
    [
      'jsonnet',
      { [`${overlay}/lib/main.jsonnet`]: "import '../../x.libsonnet'" },
      `what ${overlay}/lib/main.jsonnet imports`,
    ],
    [
      'a chart of a registry in a range of versions',
      {
        [`${overlay}/Chart.yaml`]: JSON.stringify({
          dependencies: [
            {
              name: 'redis',
              repository: 'https://charts.tern.example',
              version: '^18.0.0',
            },
          ],
        }),
      },
      'whatever version of the chart redis is newest',
    ],
    [
      'a chart that a Kustomization fetches in any version',
      {
        [`${overlay}/kustomization.yaml`]: JSON.stringify({
          helmCharts: [{ name: 'redis', repo: 'https://charts.tern.example' }],
        }),
      },
      'whatever version of the chart redis is newest',
    ],
  ])('says that it cannot follow %s', async (_, files, words) => {
    await expect(
      compare([overlay], files, { 'other.txt': '1' }),
    ).resolves.toEqual({ differs: false, unfollowed: [words] });
  });

  it.each<[string, Files]>([
    [
      'remote bases of a commit or a version',
      {
        [`${overlay}/kustomization.yaml`]: kustomization(
          `https://git.tern.example/base?ref=${'a'.repeat(40)}`,
          'https://github.com/tern/base//web?timeout=1&ref=web%2Fv1.2.3',
          'https://github.com/tern/x/releases/download/v1.2.3/install.yaml',
        ),
      },
    ],
    [
      'charts of a version, of a lock file, or that lie beside it',
      {
        [`${overlay}/Chart.yaml`]: JSON.stringify({
          dependencies: [
            {
              name: 'a',
              repository: 'https://c.tern.example',
              version: '1.2.3',
            },
            { name: 'b', repository: 'https://c.tern.example', version: '1.x' },
            { name: 'c' },
          ],
        }),
        [`${overlay}/charts/b-1.4.2.tgz`]: 'packed',
      },
    ],
    [
      'jsonnet in the folder of a Kustomization, which takes no notice of it',
      {
        ...cart,
        [`${overlay}/dashboard.jsonnet`]: "import 'x.libsonnet'",
      },
    ],
  ])('has nothing to say of %s', async (_, files) => {
    await expect(
      compare([overlay], files, { 'other.txt': '1' }),
    ).resolves.toEqual({ differs: false, unfollowed: [] });
  });

  it('of a path that is not there, of a file or of none', async () => {
    const one = repository.commit('one', {
      'a.yaml': 'a: 1',
      'x.jsonnet': '1',
    });
    const [gone] = await describeAll(['none', '../x', 'a.yaml'], one);
    expect(gone).toMatchObject({
      references: [expect.stringMatching(/^a\.yaml [0-9a-f]{40}$/), 'none -'],
      unfollowed: [],
    });
    const [file] = await describeAll(['x.jsonnet'], one);
    expect(file.unfollowed).toEqual(['what x.jsonnet imports']);
    // What it imports is in the root, and so among what is compared.
    const [whole] = await describeAll([''], one);
    expect(whole.unfollowed).toEqual([]);
  });
});
