import { deployment } from './__testUtils__/manifests';
import { TestGitops } from './__testUtils__/TestGitops';

jest.setTimeout(120_000);

describe('what is read of a GitOps repository', () => {
  let gitops: TestGitops;

  beforeEach(() => {
    gitops = TestGitops.create();
  });

  afterEach(() => gitops.close());

  it('plain manifests: versions, configuration, what touches no application', async () => {
    const path = 'production/cart/deployment.yaml';
    gitops.repository.commit('First', {
      [path]: deployment({ name: 'cart', image: 'tern/cart:1.0.0' }),
      'README.md': 'x',
    });
    const second = gitops.repository.commit('PAY-1: release (#7)', {
      [path]: deployment({ name: 'cart', image: 'tern/cart:1.1.0' }),
    });
    const third = gitops.repository.commit('More replicas', {
      [path]: deployment({
        name: 'cart',
        image: 'tern/cart:1.1.0',
        replicas: 3,
      }),
    });
    const fourth = gitops.repository.commit('Words', { 'README.md': 'y' });
    const both = gitops.repository.commit('Both', {
      [path]: deployment({
        name: 'cart',
        image: 'tern/cart:1.2.0-6eaf9b6',
        replicas: 4,
      }),
    });
    const gone = gitops.repository.commit('Gone', { [path]: undefined });
    await gitops.read();
    expect(gitops.versions()).toEqual([
      'cart production 1.0.0',
      'cart production 1.1.0',
      'cart production 1.2.0-6eaf9b6',
    ]);
    expect(gitops.fieldsOf(second)).toEqual([]);
    expect(gitops.fieldsOf(third)).toEqual(['production spec.replicas: 1 → 3']);
    expect(gitops.changeOf(fourth)).toBeUndefined();
    expect(gitops.fieldsOf(both)).toEqual(['production spec.replicas: 3 → 4']);
    expect(gitops.fieldsOf(gone)).toContain('production spec.replicas: 4 → ');
    expect(gitops.changeOf(second)).toMatchObject({
      title: 'PAY-1: release (#7)',
      issueKeys: ['PAY-1'],
      pullRequest: '#7',
      at:
        Number(gitops.repository.git('log', '-1', '--format=%ct', second)) *
        1000,
      authors: [{ key: 'ana@tern.example', namespace: 'email', name: 'Ana' }],
    });
    expect(gitops.deployments()[2]).toMatchObject({
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
    expect(gitops.ledger.skipped).toEqual({ 'other file type': 2 });
  });

  it('Kustomize: images of overlays, targets, and a base that touches each', async () => {
    const overlay = (tag: string, name = 'tern/cart') =>
      `resources: [../../base]\nimages:\n- name: ${name}\n  newTag: "${tag}"\n`;
    gitops.repository.commit('First', {
      'apps/cart/base/kustomization.yaml': 'resources: [deployment.yaml]\n',
      'apps/cart/base/deployment.yaml': deployment({
        name: 'cart',
        image: 'tern/cart:0.0.0',
      }),
      'apps/cart/overlays/staging/kustomization.yaml': overlay('1.10'),
      'apps/cart/overlays/production-eu-1/kustomization.yaml': overlay('1.10'),
    });
    const base = gitops.repository.commit('Base', {
      'apps/cart/base/deployment.yaml': deployment({
        name: 'cart',
        image: 'tern/cart:0.0.0',
        replicas: 2,
      }),
    });
    gitops.repository.commit('Release', {
      'apps/cart/overlays/production-eu-1/kustomization.yaml': overlay('1.11'),
    });
    const replicas = gitops.repository.commit('Replicas', {
      'apps/cart/overlays/production-eu-1/kustomization.yaml': `${overlay(
        '1.11',
      )}replicas:\n- name: cart\n  count: 5\n`,
    });
    // The image that overlays override is no version.
    const overridden = gitops.repository.commit('Overridden', {
      'apps/cart/base/deployment.yaml': deployment({
        name: 'cart',
        image: 'tern/cart:0.0.1',
        replicas: 2,
      }),
    });
    await gitops.read();
    expect(gitops.versions()).toEqual([
      'cart production/eu-1 1.10',
      'cart staging 1.10',
      'cart production/eu-1 1.11',
    ]);
    expect(gitops.fieldsOf(base).sort()).toEqual([
      'production spec.replicas: 1 → 2',
      'staging spec.replicas: 1 → 2',
    ]);
    expect(gitops.fieldsOf(replicas)).toContain(
      'production replicas[cart].count:  → 5',
    );
    expect(
      gitops
        .changeOf(overridden)
        ?.touches.map(({ versionMoved }) => versionMoved),
    ).toEqual([false, false]);
  });

  it('Kustomize: digests, new names, patches and a version inherited from the base', async () => {
    gitops.repository.commit('First', {
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
    gitops.repository.commit('Base release', {
      'cart/base/deployment.yaml': deployment({
        name: 'cart',
        image: 'cart:2',
      }),
    });
    gitops.repository.commit('Digest', {
      'cart/overlays/dev/kustomization.yaml':
        'bases: [../../base]\nimages: [{name: cart, newName: reg/cart, digest: "sha256:00aa"}]\n',
    });
    await gitops.read();
    expect(gitops.versions()).toEqual([
      'cart dev 1',
      'cart test 9',
      'cart dev 2',
      'cart dev sha256:00aa',
    ]);
    expect(gitops.deployments()[3].image).toEqual({
      repository: 'reg/cart',
      digest: 'sha256:00aa',
    });
  });

  it('Helm values: by environment on top of shared ones, one file for several', async () => {
    gitops.repository.commit('First', {
      'charts/search/values.yaml':
        'image: {repository: tern/search, tag: base}\nreplicas: 1\n',
      'charts/search/values-staging.yaml': 'image:\n  tag: 1.0.0\n',
      'charts/search/values-production.yaml': 'image:\n  tag: 1.0.0\n',
      'all/values-production.yaml':
        'web:\n  image: tern/web:5\napi:\n  image: {repository: tern/api, tag: "7"}\n',
    });
    gitops.repository.commit('Release', {
      'charts/search/values-production.yaml': 'image:\n  tag: 1.1.0\n',
    });
    const shared = gitops.repository.commit('Shared', {
      'charts/search/values.yaml':
        'image: {repository: tern/search, tag: base}\nreplicas: 2\n',
    });
    const api = gitops.repository.commit('Api', {
      'all/values-production.yaml':
        'web:\n  image: tern/web:5\napi:\n  image: {repository: tern/api, tag: "8"}\n  debug: "on"\n',
    });
    await gitops.read();
    expect(gitops.versions().sort()).toEqual([
      'api production 7',
      'api production 8',
      'search production 1.0.0',
      'search production 1.1.0',
      'search staging 1.0.0',
      'web production 5',
    ]);
    expect(gitops.fieldsOf(shared).sort()).toEqual([
      'production replicas: 1 → 2',
      'staging replicas: 1 → 2',
    ]);
    expect(gitops.fieldsOf(api)).toEqual(['production api.debug:  → on']);
  });

  it('Argo CD applications: chart, parameters, values, images', async () => {
    const application = (name: string, source2: string) =>
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: ${name}\nspec:\n  destination: {namespace: x}\n${source2}`;
    gitops.repository.commit('First', {
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
      'production/g.yaml': application(
        'g',
        '  source:\n    path: x\n    helm:\n      parameters:\n      - {name: redis.image.tag, value: "7.2"}\n      - {name: image.tag, value: "1.1"}\n',
      ),
      'tools/live-chat.yaml': application(
        'live-chat',
        '  source: {chart: chat, targetRevision: 3.0.0}\n',
      ),
    });
    await gitops.read();
    expect(gitops.versions()).toEqual([
      'a production 1.2.3',
      'b production 4.10',
      'c production v5',
      'd production 6',
      'g production 1.1',
      'f staging 2.0.0',
      'live-chat - 3.0.0',
    ]);
  });

  it('a configured pattern, with what else the file says', async () => {
    gitops.use({
      patterns: [
        {
          files: '\\.env$',
          match: '^(?<application>[A-Z]+)_TAG="?(?<version>[^"\\s]+)',
          image: 'tern/warehouse',
        },
      ],
    });
    gitops.repository.commit('First', {
      'production/.env': 'SYNC_TAG="6eaf9b6"\nDB_PASSWORD=hunter2\nLEVEL=1\n',
    });
    const second = gitops.repository.commit('Second', {
      'production/.env': 'SYNC_TAG="7eaf9b6"\nDB_PASSWORD=hunter3\nLEVEL=2\n',
    });
    await gitops.read();
    expect(gitops.versions()).toEqual([
      'SYNC production 6eaf9b6',
      'SYNC production 7eaf9b6',
    ]);
    expect(gitops.fieldsOf(second)).toEqual([
      'production DB_PASSWORD: (redacted) → (redacted)',
      'production LEVEL: 1 → 2',
    ]);
    expect(JSON.stringify(gitops.last.batches)).not.toMatch(/hunter/);
  });
});
