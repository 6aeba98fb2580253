import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@backstage/types';
import type {
  ChangeObservation,
  DeploymentObservation,
} from '@day2/backstage-plugin-day2-node';
import {
  collect,
  ObservationLedger,
  type CollectedRun,
} from '@day2/backstage-plugin-day2-node/testUtils';
import { createSource } from './__testUtils__/createSource';
import { deployment } from './__testUtils__/manifests';
import { TestRepository } from './__testUtils__/TestRepository';
import type { GitSource } from './GitSource';

jest.setTimeout(120_000);

describe('a GitOps repository', () => {
  let folder: string;
  let repository: TestRepository;
  let source: GitSource;
  let ledger: ObservationLedger;
  let last: CollectedRun;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'day2-git-'));
    repository = TestRepository.create({ folder });
    ledger = ObservationLedger.create();
    last = { batches: [], log: '', tookMs: 0 };
    use({});
  });

  afterEach(() => {
    source.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function use(options: JsonObject): void {
    source = createSource({
      directory: join(folder, 'mirrors'),
      repository: {
        name: 'gitops',
        url: repository.bare,
        role: 'gitops',
        ...options,
      },
    });
  }

  async function read(): Promise<void> {
    repository.push();
    last = await collect(source, { cursor: last.cursor });
    if (last.error) {
      throw last.error;
    }
    last.batches.forEach(batch => ledger.apply(batch));
  }

  function deployments(): DeploymentObservation[] {
    return ledger.observations
      .filter(item => item.kind === 'deployment')
      .sort(
        (a, b) =>
          a.order! - b.order! || (a.environment! < b.environment! ? -1 : 1),
      );
  }

  function versions(): string[] {
    return deployments().map(
      ({ environment, target, versionName, subject }) =>
        `${subject.traits.application} ${environment ?? '-'}${
          target ? `/${target}` : ''
        } ${versionName}`,
    );
  }

  function changeOf(sha: string): ChangeObservation | undefined {
    return ledger.observations.find(
      (item): item is ChangeObservation =>
        item.kind === 'change' && item.sha === sha,
    );
  }

  function fieldsOf(sha: string): string[] {
    return (changeOf(sha)?.touches ?? []).flatMap(touch =>
      touch.fields.map(
        ({ environment, field, from, to }) =>
          `${environment ?? '-'} ${field}: ${from ?? ''} → ${to ?? ''}`,
      ),
    );
  }

  it('plain manifests: versions, configuration, what touches no application', async () => {
    const path = 'production/cart/deployment.yaml';
    repository.commit('First', {
      [path]: deployment({ name: 'cart', image: 'tern/cart:1.0.0' }),
      'README.md': 'x',
    });
    const second = repository.commit('PAY-1: release (#7)', {
      [path]: deployment({ name: 'cart', image: 'tern/cart:1.1.0' }),
    });
    const third = repository.commit('More replicas', {
      [path]: deployment({
        name: 'cart',
        image: 'tern/cart:1.1.0',
        replicas: 3,
      }),
    });
    const fourth = repository.commit('Words', { 'README.md': 'y' });
    const both = repository.commit('Both', {
      [path]: deployment({
        name: 'cart',
        image: 'tern/cart:1.2.0-6eaf9b6',
        replicas: 4,
      }),
    });
    const gone = repository.commit('Gone', { [path]: undefined });
    await read();
    expect(versions()).toEqual([
      'cart production 1.0.0',
      'cart production 1.1.0',
      'cart production 1.2.0-6eaf9b6',
    ]);
    expect(fieldsOf(second)).toEqual([]);
    expect(fieldsOf(third)).toEqual(['production spec.replicas: 1 → 3']);
    expect(changeOf(fourth)).toBeUndefined();
    expect(fieldsOf(both)).toEqual(['production spec.replicas: 3 → 4']);
    expect(fieldsOf(gone)).toContain('production spec.replicas: 4 → ');
    expect(changeOf(second)).toMatchObject({
      title: 'PAY-1: release (#7)',
      issueKeys: ['PAY-1'],
      pullRequest: '#7',
      at: Number(repository.git('log', '-1', '--format=%ct', second)) * 1000,
      authors: [{ key: 'ana@tern.example', namespace: 'email', name: 'Ana' }],
    });
    expect(deployments()[2]).toMatchObject({
      basis: 'desired',
      order: 5,
      image: { repository: 'tern/cart', tag: '1.2.0-6eaf9b6' },
      manifestRevision: { repository: 'gitops', sha: both },
      applicationRevision: { sha: '6eaf9b6' },
      subject: {
        kind: 'application',
        traits: {
          repository: 'gitops',
          path: 'production/cart/deployment.yaml',
          labels: { 'app.kubernetes.io/name': 'cart' },
          images: ['tern/cart', 'envoy'],
          resource: { kind: 'Deployment', name: 'cart' },
        },
      },
    });
    expect(ledger.skipped).toEqual({ 'other file type': 2 });
  });

  it('Kustomize: images of overlays, targets, and a base that touches each', async () => {
    const overlay = (tag: string, name = 'tern/cart') =>
      `resources: [../../base]\nimages:\n- name: ${name}\n  newTag: "${tag}"\n`;
    repository.commit('First', {
      'apps/cart/base/kustomization.yaml': 'resources: [deployment.yaml]\n',
      'apps/cart/base/deployment.yaml': deployment({
        name: 'cart',
        image: 'tern/cart:0.0.0',
      }),
      'apps/cart/overlays/staging/kustomization.yaml': overlay('1.10'),
      'apps/cart/overlays/production-eu-1/kustomization.yaml': overlay('1.10'),
    });
    const base = repository.commit('Base', {
      'apps/cart/base/deployment.yaml': deployment({
        name: 'cart',
        image: 'tern/cart:0.0.0',
        replicas: 2,
      }),
    });
    repository.commit('Release', {
      'apps/cart/overlays/production-eu-1/kustomization.yaml': overlay('1.11'),
    });
    const replicas = repository.commit('Replicas', {
      'apps/cart/overlays/production-eu-1/kustomization.yaml': `${overlay(
        '1.11',
      )}replicas:\n- name: cart\n  count: 5\n`,
    });
    // The image that overlays override is no version.
    const overridden = repository.commit('Overridden', {
      'apps/cart/base/deployment.yaml': deployment({
        name: 'cart',
        image: 'tern/cart:0.0.1',
        replicas: 2,
      }),
    });
    await read();
    expect(versions()).toEqual([
      'cart production/eu-1 1.10',
      'cart staging 1.10',
      'cart production/eu-1 1.11',
    ]);
    expect(fieldsOf(base).sort()).toEqual([
      'production spec.replicas: 1 → 2',
      'staging spec.replicas: 1 → 2',
    ]);
    expect(fieldsOf(replicas)).toContain(
      'production replicas[cart].count:  → 5',
    );
    expect(
      changeOf(overridden)?.touches.map(({ versionMoved }) => versionMoved),
    ).toEqual([false, false]);
  });

  it('Kustomize: digests, new names, patches and a version inherited from the base', async () => {
    repository.commit('First', {
      'cart/base/kustomization.yaml': 'resources: [deployment.yaml]\n',
      'cart/base/deployment.yaml': deployment({
        name: 'cart',
        image: 'cart:1',
      }),
      'cart/overlays/dev/kustomization.yaml': 'bases: [../../base]\n',
      'cart/overlays/test/kustomization.yaml':
        'bases: [../../base]\npatchesStrategicMerge: [p.yaml]\n',
      'cart/overlays/test/p.yaml': deployment({
        name: 'cart',
        image: 'cart:9',
      }),
    });
    repository.commit('Base release', {
      'cart/base/deployment.yaml': deployment({
        name: 'cart',
        image: 'cart:2',
      }),
    });
    repository.commit('Digest', {
      'cart/overlays/dev/kustomization.yaml':
        'bases: [../../base]\nimages: [{name: cart, newName: reg/cart, digest: "sha256:00aa"}]\n',
    });
    await read();
    expect(versions()).toEqual([
      'cart dev 1',
      'cart test 9',
      'cart dev 2',
      'cart dev sha256:00aa',
    ]);
    expect(deployments()[3].image).toEqual({
      repository: 'reg/cart',
      digest: 'sha256:00aa',
    });
  });

  it('Helm values: by environment on top of shared ones, one file for several', async () => {
    repository.commit('First', {
      'charts/search/values.yaml':
        'image: {repository: tern/search, tag: base}\nreplicas: 1\n',
      'charts/search/values-staging.yaml': 'image:\n  tag: 1.0.0\n',
      'charts/search/values-production.yaml': 'image:\n  tag: 1.0.0\n',
      'all/values-production.yaml':
        'web:\n  image: tern/web:5\napi:\n  image: {repository: tern/api, tag: "7"}\n',
    });
    repository.commit('Release', {
      'charts/search/values-production.yaml': 'image:\n  tag: 1.1.0\n',
    });
    const shared = repository.commit('Shared', {
      'charts/search/values.yaml':
        'image: {repository: tern/search, tag: base}\nreplicas: 2\n',
    });
    const api = repository.commit('Api', {
      'all/values-production.yaml':
        'web:\n  image: tern/web:5\napi:\n  image: {repository: tern/api, tag: "8"}\n  debug: "on"\n',
    });
    await read();
    expect(versions().sort()).toEqual([
      'api production 7',
      'api production 8',
      'search production 1.0.0',
      'search production 1.1.0',
      'search staging 1.0.0',
      'web production 5',
    ]);
    expect(fieldsOf(shared).sort()).toEqual([
      'production replicas: 1 → 2',
      'staging replicas: 1 → 2',
    ]);
    expect(fieldsOf(api)).toEqual(['production api.debug:  → on']);
  });

  it('Argo CD applications: chart, parameters, values, images', async () => {
    const application = (name: string, source2: string) =>
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: ${name}\nspec:\n  destination: {namespace: x}\n${source2}`;
    repository.commit('First', {
      'production/a.yaml': application(
        'a',
        '  source: {chart: redis, targetRevision: 1.2.3}\n',
      ),
      'production/b.yaml': application(
        'b',
        '  source:\n    path: x\n    targetRevision: HEAD\n    helm:\n      parameters:\n      - {name: image.tag, value: "4.10"}\n',
      ),
      'production/c.yaml': application(
        'c',
        '  sources:\n  - {chart: c, targetRevision: 9.9.9, helm: {valuesObject: {image: {tag: v5}}}}\n',
      ),
      'production/d.yaml': application(
        'd',
        '  source: {path: x, targetRevision: main, kustomize: {images: ["old=reg/d:6"]}}\n',
      ),
      'production/e.yaml': application(
        'e',
        '  source: {path: x, targetRevision: main}\n',
      ),
      'apps/f-staging.yaml': application(
        'f-staging',
        '  source: {chart: f, targetRevision: 2.0.0}\n',
      ),
    });
    await read();
    expect(versions()).toEqual([
      'a production 1.2.3',
      'b production 4.10',
      'c production v5',
      'd production 6',
      'f staging 2.0.0',
    ]);
  });

  it('a configured pattern, with what else the file says', async () => {
    use({
      patterns: [
        {
          files: '\\.env$',
          match: '^(?<application>[A-Z]+)_TAG="?(?<version>[^"\\s]+)',
          image: 'tern/warehouse',
        },
      ],
    });
    repository.commit('First', {
      'production/.env': 'SYNC_TAG="6eaf9b6"\nDB_PASSWORD=hunter2\nLEVEL=1\n',
    });
    const second = repository.commit('Second', {
      'production/.env': 'SYNC_TAG="7eaf9b6"\nDB_PASSWORD=hunter3\nLEVEL=2\n',
    });
    await read();
    expect(versions()).toEqual([
      'SYNC production 6eaf9b6',
      'SYNC production 7eaf9b6',
    ]);
    expect(fieldsOf(second)).toEqual([
      'production DB_PASSWORD: (redacted) → (redacted)',
      'production LEVEL: 1 → 2',
    ]);
    expect(JSON.stringify(last.batches)).not.toMatch(/hunter/);
  });

  it('merges: against the first parent, with the authors of the branch', async () => {
    const path = 'production/cart/deployment.yaml';
    repository.commit('First', {
      [path]: deployment({ name: 'cart', image: 'cart:1' }),
    });
    repository.git('checkout', '--quiet', '-b', 'topic');
    repository.commit(
      'Two',
      { [path]: deployment({ name: 'cart', image: 'cart:2' }) },
      'Bo <bo@tern.example>',
    );
    repository.commit(
      'Three\n\nCo-authored-by: Chen <chen@tern.example>',
      { [path]: deployment({ name: 'cart', image: 'cart:3' }) },
      'Bo <bo@tern.example>',
    );
    repository.git('checkout', '--quiet', 'main');
    repository.commit('Aside', { 'README.md': 'x' });
    const merge = repository.merge(
      'topic',
      'Merge pull request #5 from org/hotfix/x\n\nFaster',
    );
    await read();
    expect(versions()).toEqual(['cart production 1', 'cart production 3']);
    expect(changeOf(merge)).toMatchObject({
      isMerge: true,
      title: 'Faster',
      pullRequest: '#5',
      marks: ['hotfix'],
    });
    expect(changeOf(merge)?.authors.map(({ key }) => key)).toEqual([
      'ana@tern.example',
      'bo@tern.example',
      'chen@tern.example',
    ]);
    expect(deployments().map(({ order }) => order)).toEqual([1, 3]);
  });

  it('files that move stay the same application', async () => {
    const content = deployment({ name: 'cart', image: 'cart:1' });
    repository.commit('First', {
      'overlays/production/cart/deployment.yaml': content,
    });
    await read();
    const moved = repository.commit('Move', {
      'overlays/production/cart/deployment.yaml': undefined,
      'environments/production/cart/deployment.yaml': content,
    });
    await read();
    repository.commit('Release', {
      'environments/production/cart/deployment.yaml': deployment({
        name: 'cart',
        image: 'cart:2',
      }),
    });
    await read();
    expect(versions()).toEqual(['cart production 1', 'cart production 2']);
    expect(new Set(deployments().map(({ subject }) => subject.key)).size).toBe(
      1,
    );
    expect(changeOf(moved)).toBeUndefined();
  });

  it('a force push withdraws what is no longer there, exactly', async () => {
    const path = 'production/cart/deployment.yaml';
    const commit = (version: string) =>
      repository.commit(version, {
        [path]: deployment({ name: 'cart', image: `cart:${version}` }),
      });
    const first = commit('1');
    commit('2');
    const third = commit('3');
    await read();
    repository.git('reset', '--quiet', '--hard', first);
    commit('4');
    await read();
    expect(versions()).toEqual(['cart production 1', 'cart production 4']);
    expect(last.batches[last.batches.length - 1].notices?.join()).toContain(
      '2 commits are no longer on the branch',
    );
    // And back again.
    repository.git('reset', '--quiet', '--hard', third);
    await read();
    expect(versions()).toEqual([
      'cart production 1',
      'cart production 2',
      'cart production 3',
    ]);
    expect(deployments().map(({ order }) => order)).toEqual([1, 2, 3]);
  });

  it('another configuration reads anew and leaves nothing of the old one', async () => {
    repository.commit('First', {
      'live/cart.yaml': deployment({ name: 'cart', image: 'cart:1' }),
      'a/.env': 'TAG=1\n',
    });
    use({ patterns: [{ files: '\\.env$', match: 'TAG=(?<version>.*)' }] });
    await read();
    expect(versions()).toEqual(['a - 1', 'cart live 1']);
    use({
      environments: [{ path: '^(?<environment>live)/' }],
      patterns: [{ files: 'x', match: '(?<version>x)' }],
    });
    await read();
    expect(versions()).toEqual(['cart live 1']);
  });

  it('another configuration of a commit that still has versions leaves only the new ones', async () => {
    repository.commit('First', {
      'production/.env': 'CART_TAG=1\nSHOP_TAG=1\n',
    });
    const pattern = (match: string) => ({
      patterns: [{ files: '\\.env$', match }],
    });
    use(pattern('^(?<application>[A-Z]+)_TAG=(?<version>.*)'));
    await read();
    expect(versions()).toEqual(['CART production 1', 'SHOP production 1']);
    use(pattern('^(?<application>CART)_TAG=(?<version>.*)'));
    await read();
    expect(versions()).toEqual(['CART production 1']);
    // And what came back comes back.
    use(pattern('^(?<application>[A-Z]+)_TAG=(?<version>.*)'));
    await read();
    expect(versions()).toEqual(['CART production 1', 'SHOP production 1']);
  });

  it('another branch leaves nothing of the one before', async () => {
    const path = 'production/cart/deployment.yaml';
    const commit = (version: string) =>
      repository.commit(version, {
        [path]: deployment({ name: 'cart', image: `cart:${version}` }),
      });
    commit('1');
    repository.git('branch', 'prod');
    commit('2');
    repository.git('checkout', '--quiet', 'prod');
    const third = commit('3');
    use({ branch: 'main' });
    await read();
    expect(versions()).toEqual(['cart production 1', 'cart production 2']);
    use({ branch: 'prod' });
    await read();
    expect(versions()).toEqual(['cart production 1', 'cart production 3']);
    // From a date on, what was before it is no longer read.
    const at = Number(repository.git('log', '-1', '--format=%ct', third));
    use({ branch: 'prod', since: new Date(at * 1000).toISOString() });
    await read();
    expect(versions()).toEqual(['cart production 3']);
  });

  it('is read again from the beginning under higher versions, and stopped anywhere goes on', async () => {
    const path = 'production/cart/deployment.yaml';
    for (const version of ['1', '2', '3']) {
      repository.commit(version, {
        [path]: deployment({ name: 'cart', image: `cart:${version}` }),
      });
    }
    await read();
    repository.git('commit', '--quiet', '--amend', '-m', 'Amended');
    repository.push();
    const { cursor } = last;
    const first = await collect(source, { cursor, reread: true, batches: 1 });
    const rest = await collect(source, { cursor: first.cursor });
    for (const batch of [...first.batches, ...rest.batches]) {
      ledger.apply(batch);
    }
    expect(versions()).toEqual([
      'cart production 1',
      'cart production 2',
      'cart production 3',
    ]);
    expect(deployments().map(({ version }) => version)).toEqual([2, 2, 2]);
  });

  it('bad files are counted and stop nothing', async () => {
    repository.commit('First', {
      'production/cart/deployment.yaml': deployment({
        name: 'cart',
        image: 'cart:1',
      }),
      'production/cart/bad.yaml': 'a: [1\nb: }',
      'production/cart/template.yaml': 'a: {{ .x }}\n',
      'production/cart/huge.yaml': `a: ${'x'.repeat(5 * 1024 * 1024 + 1)}\n`,
      'chart/Chart.yaml': 'name: chart\n',
      'chart/templates/x.yaml': 'kind: Deployment\n',
    });
    repository.git(
      'update-index',
      '--add',
      '--cacheinfo',
      `160000,${'1'.repeat(40)},production/module.yaml`,
    );
    repository.git('commit', '--quiet', '-m', 'A submodule');
    await read();
    expect(versions()).toEqual(['cart production 1']);
    expect(ledger.skipped).toMatchObject({
      'not YAML': 1,
      'Helm template': 2,
      'larger than 5 MB': 1,
      submodule: 1,
    });
  });

  it('a commit that touches very many applications is split', async () => {
    const files: Record<string, string> = {};
    for (let n = 0; n < 700; n++) {
      files[`production/app-${n}/deployment.yaml`] = deployment({
        name: `app-${n}`,
        image: `app-${n}:1`,
      });
    }
    repository.commit('Everything', files);
    await read();
    expect(deployments()).toHaveLength(700);
    expect(
      Math.max(...last.batches.map(batch => batch.observations.length)),
    ).toBeLessThanOrEqual(300);
    const first = await collect(source, { batches: 1 });
    const rest = await collect(source, { cursor: first.cursor });
    const resumed = ObservationLedger.create();
    [...first.batches, ...rest.batches].forEach(batch => resumed.apply(batch));
    expect(resumed.fingerprint()).toBe(ledger.fingerprint());
  });

  it('an empty repository, then its first commit', async () => {
    last = await collect(source);
    expect(last.error).toBeUndefined();
    expect(last.batches[0].notices?.join()).toContain('empty');
    repository.commit('First', {
      'production/cart.yaml': deployment({ name: 'cart', image: 'cart:1' }),
    });
    await read();
    expect(versions()).toEqual(['cart production 1']);
  });

  it.each([
    ['a branch that is not there', { branch: 'nope' }, 'not-found'],
    ['a repository that is not there', { url: '/nowhere/x.git' }, 'not-found'],
  ])('%s', async (_, options, code) => {
    repository.commit('First');
    repository.push();
    use(options);
    const run = await collect(source);
    expect(run.error).toMatchObject({ name: 'SourceError', code });
  });

  it('git that is not installed', async () => {
    source = createSource({
      directory: join(folder, 'mirrors'),
      binary: 'git-that-is-not-there',
      repository: { name: 'x', url: repository.bare, role: 'gitops' },
    });
    expect((await collect(source)).error).toMatchObject({
      code: 'misconfigured',
      fix: expect.stringContaining('apt-get install git'),
    });
  });

  it('asks once where nothing is new, and runs no hook', async () => {
    repository.commit('First', {
      'production/cart.yaml': deployment({ name: 'cart', image: 'cart:1' }),
    });
    await read();
    await read();
    expect(last.batches).toHaveLength(1);
    expect(last.batches[0].observations).toEqual([]);
  });
});
