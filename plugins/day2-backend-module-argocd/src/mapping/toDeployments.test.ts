import { at, sha } from '../__testUtils__/applications';
import { ms, read, type Change } from '../__testUtils__/read';

describe('deployments', () => {
  it('are the syncs of the history, and that the newest is healthy', () => {
    const { keys, byKey } = read();
    expect(keys.map(key => key.split(':').slice(1).join(':'))).toEqual([
      '0',
      '1',
      '1:healthy',
    ]);
    expect(byKey('0')).toMatchObject({
      version: 1,
      startedAt: ms(0),
      finishedAt: ms(1),
      order: 0,
      basis: 'synced',
      rollout: 'succeeded',
      environment: 'production',
      manifestRevision: {
        repository: 'https://git.tern.example/tern/gitops.git',
        sha: sha(0),
      },
    });
    expect(byKey('0')).not.toHaveProperty('actor');
    expect(byKey('0')).not.toHaveProperty('versionName');
    expect(byKey('1:healthy')).toMatchObject({
      basis: 'healthy',
      finishedAt: ms(12),
      version: Number.MAX_SAFE_INTEGER - ms(12),
      images: [{ repository: 'ghcr.io/tern/cart-production', tag: '1.1.0' }],
    });
  });

  it('the newest has the images that run, whether or not its health changed', () => {
    const { byKey } = read(app => {
      app.status.health.lastTransitionTime = at(-9000);
    });
    expect(byKey('1:healthy')).toBeUndefined();
    expect(byKey('1')).toMatchObject({
      version: 2,
      basis: 'synced',
      images: [{ repository: 'ghcr.io/tern/cart-production', tag: '1.1.0' }],
    });
    expect(byKey('0')).toMatchObject({ version: 1 });
    expect(byKey('0')).not.toHaveProperty('images');
  });

  it.each<[string, Change]>([
    ['out of sync', app => (app.status.sync.status = 'OutOfSync')],
    ['on its way', app => (app.status.health.status = 'Progressing')],
    ['without pods', app => (app.status.health.status = 'Missing')],
    ['of unknown health', app => (app.status.health = {})],
    [
      'not compared since',
      app => {
        app.status.sync.revision = sha(0);
        app.status.reconciledAt = at(9);
      },
    ],
    ['told of no image', app => (app.status.summary = {})],
  ])('of images is nothing said where it is %s', (_, change) => {
    const { byKey } = read(change);
    expect(byKey('1')).toMatchObject({ version: 1 });
    expect(byKey('1')).not.toHaveProperty('images');
  });

  it('images are said of the revision that was compared, however early', () => {
    const { byKey } = read(app => {
      app.status.reconciledAt = at(9);
    });
    expect(byKey('1')?.images).toHaveLength(1);
  });

  it.each<[string, Change]>([
    ['not healthy', app => (app.status.health.status = 'Degraded')],
    ['no time', app => delete app.status.health.lastTransitionTime],
    ['before the sync', app => (app.status.health.lastTransitionTime = at(9))],
    ['days after', app => (app.status.health.lastTransitionTime = at(3000))],
    ['out of sync', app => (app.status.sync.status = 'OutOfSync')],
  ])('of health is nothing said where it tells nothing: %s', (_, change) => {
    expect(read(change).keys).toHaveLength(2);
  });

  describe('of several images that Helm is given', () => {
    const redis = { name: 'redis.image.tag', value: '7.2' };
    const cart = [
      { name: 'cart.image.repository', value: 'tern/cart' },
      { name: 'cart.image.tag', value: '1.1' },
    ];
    const worker = [
      { name: 'worker.image.repository', value: 'ghcr.io/tern/worker' },
      { name: 'worker.image.tag', value: '1.1-w' },
    ];
    const runs = (...images: string[]): Change => {
      return app => {
        app.status.summary.images = images;
      };
    };

    it.each<[string, object, Change, string | undefined, number]>([
      [
        'the bare one',
        { parameters: [redis, { name: 'image.tag', value: '1.0' }] },
        runs('redis:7.2'),
        '1.0',
        1,
      ],
      [
        'the bare one of the values',
        { parameters: [redis], valuesObject: { image: { tag: '1.0' } } },
        runs(),
        '1.0',
        1,
      ],
      ['the only one', { parameters: [redis] }, runs(), '7.2', 1],
      [
        'the only one that is known to run',
        { parameters: [redis, ...cart] },
        runs('redis:7.2', 'ghcr.io/tern/cart:1.1'),
        '1.1',
        2,
      ],
      [
        'none where several run',
        { parameters: [redis, ...cart, ...worker] },
        runs('ghcr.io/tern/cart:1.1', 'ghcr.io/tern/worker:1.1-w'),
        undefined,
        1,
      ],
      [
        'none where none is known to',
        { parameters: [redis, ...cart] },
        runs(),
        undefined,
        1,
      ],
    ])('%s', (_, helm, change, versionName, version) => {
      const { byKey } = read(app => {
        app.status.history[0].source = { ...app.spec.source, helm };
        change(app);
      });
      expect(byKey('0')?.versionName).toBe(versionName);
      expect(byKey('0')?.version).toBe(version);
    });
  });

  it.each<[string, string | undefined, object | undefined]>([
    ['day2@tern.example', 'email', { key: 'day2@tern.example' }],
    ['admin', 'argocd', { key: 'eu/admin', name: 'admin' }],
    ['', undefined, undefined],
  ])('whom %s stands for', (username, namespace, person) => {
    const { byKey } = read(app => {
      app.status.history[0].initiatedBy = { username };
    });
    expect(byKey('0')?.actor).toEqual(person && { namespace, ...person });
  });

  it.each<[string, object, string, object]>([
    [
      'Helm parameters',
      {
        helm: {
          parameters: [
            { name: 'image.repository', value: 'ghcr.io/tern/cart' },
            { name: 'image.tag', value: '2.0.1' },
          ],
        },
      },
      sha(1),
      {
        versionName: '2.0.1',
        image: { repository: 'ghcr.io/tern/cart', tag: '2.0.1' },
        manifestRevision: { sha: sha(1) },
      },
    ],
    [
      'Helm values',
      { helm: { valuesObject: { image: 'ghcr.io/tern/cart:2.0.2' } } },
      sha(1),
      { versionName: '2.0.2', image: { repository: 'ghcr.io/tern/cart' } },
    ],
    [
      'one Kustomize image',
      { kustomize: { images: ['cart=ghcr.io:5000/tern/cart@sha256:ab'] } },
      sha(1),
      {
        versionName: 'sha256:ab',
        image: { repository: 'ghcr.io:5000/tern/cart', digest: 'sha256:ab' },
      },
    ],
    [
      'a chart',
      { chart: 'cart', path: undefined },
      '1.4.2',
      { versionName: '1.4.2' },
    ],
    [
      'an OCI artefact by its tag',
      { repoURL: 'oci://ghcr.io/tern/cart', targetRevision: 'v3' },
      'sha256:12',
      { versionName: 'v3' },
    ],
    [
      'an OCI artefact by a range',
      { repoURL: 'oci://ghcr.io/tern/cart', targetRevision: '^3' },
      'sha256:12',
      { versionName: 'sha256:12' },
    ],
  ])('the version of %s', (_, source, revision, expected) => {
    const { byKey } = read(app => {
      app.status.history = [
        {
          id: 0,
          deployedAt: at(1),
          revision,
          source: { ...app.spec.source, ...source },
        },
      ];
    });
    expect(byKey('0')).toMatchObject(expected);
  });

  it('of several Kustomize images none is known to be the service’s', () => {
    const { byKey } = read(app => {
      app.status.history[0].source = {
        ...app.spec.source,
        kustomize: { images: ['a:1', 'b:2'] },
      };
    });
    expect(byKey('0')).not.toHaveProperty('versionName');
  });

  it('an entry that names nothing is set aside', () => {
    const { keys, unnamed } = read(app => {
      app.status.history[0].revision = '';
    });
    expect(unnamed.map(({ id }) => id)).toEqual([0]);
    expect(keys).toHaveLength(2);
  });

  const failure: Change = app => {
    app.status.operationState = {
      phase: 'Failed',
      message: 'one or more objects failed to apply',
      startedAt: at(20),
      finishedAt: at(21),
      operation: {
        sync: { revision: sha(2) },
        initiatedBy: { username: 'admin' },
      },
      syncResult: { revision: sha(2), source: app.spec.source },
    };
  };

  it('a failed sync is one that failed', () => {
    const { byKey } = read(failure);
    expect(byKey(`op:${ms(20)}`)).toMatchObject({
      rollout: 'failed',
      basis: 'synced',
      version: ms(21),
      finishedAt: ms(21),
      title: 'one or more objects failed to apply',
      manifestRevision: { sha: sha(2) },
      actor: { key: 'eu/admin' },
    });
  });

  it('a terminated sync is cancelled', () => {
    const { byKey } = read(app => {
      failure(app);
      app.status.operationState.message = 'Operation terminated';
    });
    expect(byKey(`op:${ms(20)}`)?.rollout).toBe('cancelled');
  });

  it.each<[string, Change]>([
    [
      'of chosen resources',
      app => {
        app.status.operationState.operation.sync.resources = [{ kind: 'Job' }];
      },
    ],
    [
      'that is a dry run',
      app => {
        app.status.operationState.operation.sync.dryRun = true;
      },
    ],
    ['that runs', app => (app.status.operationState.phase = 'Running')],
    [
      'that did not know what to sync',
      app => {
        delete app.status.operationState.syncResult;
        app.status.operationState.operation.sync = {};
      },
    ],
  ])('a failed sync %s is none', (_, change) => {
    const { keys } = read(app => {
      failure(app);
      change(app);
    });
    expect(keys.filter(key => key.includes(':op:'))).toEqual([]);
  });
});
