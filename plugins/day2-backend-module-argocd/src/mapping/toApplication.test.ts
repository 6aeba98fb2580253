import { at, sha } from '../__testUtils__/applications';
import type { RawApplication } from '../__testUtils__/FakeArgocd';
import { ms, read } from '../__testUtils__/read';

describe('the state of an application', () => {
  it('is said whole', () => {
    expect(read().state).toMatchObject({
      key: 'app:uid-argocd-cart-production',
      version: 1002,
      name: 'cart-production',
      project: 'shop',
      environment: 'production',
      sync: 'synced',
      health: 'healthy',
      automated: true,
      selfHeal: true,
      conditions: [],
      resources: [],
      resourceCount: 1,
      images: ['ghcr.io/tern/cart-production:1.1.0'],
      syncedAt: ms(11),
      comparedAt: ms(15),
      url: 'https://argocd.tern.example/applications/argocd/cart-production',
      origins: [
        {
          repository: 'https://git.tern.example/tern/gitops.git',
          path: 'apps/cart/overlays/production',
          targetRevision: 'main',
          desiredRevision: sha(1),
          syncedRevision: sha(1),
        },
      ],
      operation: {
        phase: 'succeeded',
        automated: true,
        revisions: [sha(1)],
        startedAt: ms(10),
        finishedAt: ms(11),
      },
      subject: {
        key: 'uid-argocd-cart-production',
        kind: 'application',
        traits: {
          application: 'cart',
          instance: 'eu',
          project: 'shop',
          path: 'apps/cart/overlays/production',
          repositoryUrls: ['https://git.tern.example/tern/gitops.git'],
          resource: {
            kind: 'Application',
            name: 'cart-production',
            namespace: 'argocd',
          },
          images: ['ghcr.io/tern/cart-production'],
        },
      },
    });
  });

  it.each([
    [{ resources: [{ kind: 'Deployment', name: 'cart' }] }, 'chosen-resources'],
    [{ dryRun: true }, 'dry-run'],
    [{ resources: [] }, undefined],
  ])('says of its last operation that it was limited: %j', (sync, expected) => {
    const { state } = read(app => {
      app.status.operationState.operation = { sync };
    });
    expect(state.operation?.limitedTo).toBe(expected);
  });

  it('of one that never synced has no health, no operation and no deployment', () => {
    const { state, deployments } = read(app => {
      delete (app as Partial<RawApplication>).status;
    });
    expect(state).toMatchObject({
      sync: 'unknown',
      health: 'unknown',
      images: [],
      resourceCount: 0,
    });
    expect(state.operation).toBeUndefined();
    expect(state.syncedAt).toBeUndefined();
    expect(deployments).toEqual([]);
  });

  it('takes null for absent, and one odd field hides nothing', () => {
    const { state, deployments } = read(app => {
      app.status.health = null;
      app.status.conditions = null;
      app.status.resources = [null, 7, ...app.status.resources];
      app.status.operationState = { phase: 7 };
      app.metadata.labels = { a: 7 };
    });
    expect(state).toMatchObject({ health: 'unknown', resourceCount: 1 });
    expect(state.operation).toBeUndefined();
    expect(deployments).toHaveLength(2);
  });

  it('names what differs, is to be pruned or ill, at most 200', () => {
    const { state } = read(app => {
      app.status.resources = [
        { kind: 'Service', name: 'fine', status: 'Synced' },
        { kind: 'ConfigMap', name: 'differs', status: 'OutOfSync' },
        {
          kind: 'Job',
          name: 'old',
          status: 'OutOfSync',
          requiresPruning: true,
        },
        {
          group: 'apps',
          kind: 'Deployment',
          name: 'ill',
          status: 'Synced',
          health: { status: 'Degraded' },
        },
      ];
    });
    expect(state.resourceCount).toBe(4);
    expect(state.resources).toMatchObject([
      { name: 'differs', sync: 'out-of-sync', requiresPruning: false },
      { name: 'old', requiresPruning: true },
      { name: 'ill', sync: 'synced', health: 'degraded' },
    ]);
    const many = read(app => {
      app.status.resources = Array.from({ length: 300 }, (_, n) => ({
        kind: 'ConfigMap',
        name: `c-${n}`,
        status: 'OutOfSync',
      }));
    });
    expect(many.state.resources).toHaveLength(200);
    expect(many.state.resourceCount).toBe(300);
  });

  it('is not automated where that is switched off', () => {
    const { state } = read(app => {
      app.spec.syncPolicy = { automated: { enabled: false, selfHeal: true } };
    });
    expect(state).toMatchObject({ automated: false, selfHeal: false });
  });

  it('bears its namespace where that is not Argo CD’s own', () => {
    const { state } = read(app => {
      app.metadata.namespace = 'team-a';
    });
    expect(state.name).toBe('team-a/cart-production');
    expect(state.url).toMatch(/applications\/team-a\/cart-production$/);
  });

  it('shows no credential of a URL', () => {
    const { state, deployments } = read(app => {
      const url = 'https://bot:hidden@git.tern.example/x.git';
      app.spec.source.repoURL = url;
      app.status.conditions = [
        { type: 'ComparisonError', message: `cannot fetch ${url}` },
      ];
      app.status.operationState.message = `cannot fetch ${url}`;
    });
    expect(JSON.stringify([state, deployments])).not.toContain('hidden');
    expect(state.conditions[0].message).toBe(
      'cannot fetch https://git.tern.example/x.git',
    );
  });
});

describe('sources', () => {
  it('of several each have their own revision, and value files of another belong to it', () => {
    const sources = [
      {
        repoURL: 'https://charts.tern.example',
        chart: 'cart',
        targetRevision: '1.x',
        helm: {
          valueFiles: ['$values/apps/cart/production.yaml', 'own.yaml'],
        },
      },
      {
        repoURL: 'git@git.tern.example:tern/values.git',
        targetRevision: 'main',
        ref: 'values',
      },
    ];
    const { state, byKey } = read(app => {
      delete app.spec.source;
      app.spec.sources = sources;
      app.status.sync = { status: 'OutOfSync', revisions: ['1.5.0', sha(9)] };
      app.status.history = [
        {
          id: 0,
          deployedAt: at(1),
          revisions: ['1.4.2', sha(8)],
          sources,
        },
      ];
    });
    expect(state.origins).toMatchObject([
      {
        chart: 'cart',
        desiredRevision: '1.5.0',
        syncedRevision: '1.4.2',
        parametersHash: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
      {
        desiredRevision: sha(9),
        syncedRevision: sha(8),
        paths: ['apps/cart/production.yaml'],
      },
    ]);
    expect(state.origins[0].paths).toBeUndefined();
    expect(byKey('0')?.manifestRevision).toEqual({
      repository: 'git@git.tern.example:tern/values.git',
      sha: sha(8),
    });
    expect(byKey('0')?.versionName).toBeUndefined();
    expect(byKey('0')).not.toHaveProperty('otherRevisions');
  });

  it('of two Git repositories both revisions are told, each once', () => {
    const values = 'https://git.tern.example/tern/values.git';
    const { state, byKey } = read(app => {
      const sources = [
        {
          repoURL: 'https://bot:secret@git.tern.example/tern/charts.git',
          path: 'charts/service',
          helm: {
            valueFiles: [
              'values.yaml',
              '$values/production/cart.yaml',
              '$values/clusters/$ARGOCD_APP_NAMESPACE/cart.yaml',
              '$ARGOCD_APP_NAME/more.yaml',
              '/shared/*.yaml',
            ],
          },
        },
        { repoURL: values, ref: 'values' },
        { repoURL: values, path: 'extra' },
      ];
      delete app.spec.source;
      app.spec.sources = sources;
      app.status.sync = {
        status: 'Synced',
        revisions: [sha(5), sha(6), sha(6)],
      };
      app.status.history = [
        {
          id: 0,
          deployedAt: at(1),
          revisions: [sha(3), sha(4), sha(4)],
          sources,
        },
      ];
    });
    const charts = 'https://git.tern.example/tern/charts.git';
    expect(byKey('0')).toMatchObject({
      manifestRevision: { repository: charts, sha: sha(3) },
      otherRevisions: [{ repository: values, sha: sha(4) }],
    });
    expect(
      state.origins.map(({ repository, path, paths, syncedRevision }) => [
        repository,
        path,
        paths,
        syncedRevision,
      ]),
    ).toEqual([
      [
        charts,
        'charts/service',
        // A variable or a pattern: the folder in which it is filled in.
        ['charts/service/values.yaml', 'shared'],
        sha(3),
      ],
      [values, undefined, ['clusters', 'production/cart.yaml'], sha(4)],
      [values, 'extra', undefined, sha(4)],
    ]);
  });

  it('name the files beside their path that count', () => {
    const { state } = read(app => {
      app.metadata.annotations = {
        'argocd.argoproj.io/manifest-generate-paths': '.;/shared;../base',
      };
      app.spec.source.helm = {
        valueFiles: [
          '../common.yaml',
          '/global.yaml',
          'https://elsewhere/x.yaml',
          '../../../../../outside.yaml',
        ],
      };
    });
    expect(state.origins[0].paths).toEqual([
      'apps/cart/overlays/base',
      'apps/cart/overlays/common.yaml',
      'global.yaml',
      'shared',
    ]);
  });

  it.each([
    ['a folder as a whole', {}, undefined, undefined],
    ['one file of it', { include: 'cart.yaml' }, undefined, true],
    [
      'some files of it',
      { include: '{cart.yaml,cart-db.yaml}' },
      undefined,
      true,
    ],
    ['a pattern', { include: '*.yaml' }, undefined, undefined],
    ['paths without it', {}, '/apps/other;../base', true],
    ['paths and itself', {}, '/apps/other;.', undefined],
  ])('know whether %s is meant', (_, directory, annotation, narrowed) => {
    const { state } = read(app => {
      app.spec.source.directory = directory;
      if (annotation) {
        app.metadata.annotations = {
          'argocd.argoproj.io/manifest-generate-paths': annotation,
        };
      }
    });
    expect(state.origins[0].narrowed).toBe(narrowed);
  });

  it.each([
    ['is none', {}, {}, undefined],
    ['is named', { plugin: { name: 'cdk8s' } }, {}, true],
    ['is found by Argo CD', {}, { sourceType: 'Plugin' }, true],
    ['is found among several', {}, { sourceTypes: ['Plugin', 'Helm'] }, true],
    ['is another source’s', {}, { sourceTypes: ['Helm', 'Plugin'] }, undefined],
  ])(
    'know whether a plugin makes manifests: it %s',
    (_, source, status, is) => {
      const { state } = read(app => {
        Object.assign(app.spec.source, source);
        Object.assign(app.status, status);
      });
      expect(state.origins[0].plugin).toBe(is);
    },
  );

  it('name the one file of a folder that is meant', () => {
    const { state } = read(app => {
      app.spec.source.directory = { include: 'cart.yaml' };
    });
    expect(state.origins[0].paths).toEqual([
      'apps/cart/overlays/production/cart.yaml',
    ]);
  });

  it('know the parameters that were synced last', () => {
    const { state } = read(app => {
      const [newest] = app.status.history.slice(-1);
      newest.source = { ...app.spec.source, helm: { values: 'a: 1' } };
      app.spec.source = { ...app.spec.source, helm: { values: 'a: 2' } };
    });
    const { parametersHash, syncedParametersHash } = state.origins[0];
    expect(syncedParametersHash).toMatch(/^[0-9a-f]{32}$/);
    expect(syncedParametersHash).not.toBe(parametersHash);
  });

  it('of a hydrator are the branch that it writes to', () => {
    const { state } = read(app => {
      app.spec.sourceHydrator = {
        drySource: { repoURL: 'https://git/x', path: 'dry' },
        syncSource: { targetBranch: 'environments/prod', path: 'wet' },
      };
    });
    expect(state.origins).toMatchObject([
      {
        repository: 'https://git/x',
        path: 'wet',
        targetRevision: 'environments/prod',
      },
    ]);
  });
});
