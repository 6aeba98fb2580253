import { findPlace } from './place';

describe('findPlace', () => {
  it.each([
    [
      'apps/cart/overlays/production-eu-1/kustomization.yaml',
      'production',
      'eu-1',
      'cart',
    ],
    [
      'apps/cart/overlays/staging/kustomization.yaml',
      'staging',
      undefined,
      'cart',
    ],
    [
      'apps/cart/overlays/production/us-1/kustomization.yaml',
      'production',
      'us-1',
      'cart',
    ],
    ['apps/cart/overlays/blue/kustomization.yaml', 'blue', undefined, 'cart'],
    ['environments/prod/cart/deployment.yaml', 'prod', undefined, 'cart'],
    ['envs/eu-1-prod/cart.yaml', 'prod', 'eu-1', undefined],
    [
      'clusters/eu-1/production/cart/deployment.yaml',
      'production',
      'eu-1',
      'cart',
    ],
    ['clusters/staging/cart.yaml', 'staging', undefined, undefined],
    ['production/cart/deployment.yaml', 'production', undefined, 'cart'],
    ['production/eu-1/cart/deployment.yaml', 'production', 'eu-1', 'cart'],
    ['production-eu-1/cart/deployment.yaml', 'production', 'eu-1', 'cart'],
    ['charts/cart/values-production.yaml', 'production', undefined, 'cart'],
    ['charts/cart/values.staging.yaml', 'staging', undefined, 'cart'],
    ['charts/cart/values-production-us-1.yaml', 'production', 'us-1', 'cart'],
    ['cart/production.yaml', 'production', undefined, 'cart'],
    ['cart/deployment-production.yaml', 'production', undefined, 'cart'],
    [
      'warehouse-sync/.env.production',
      'production',
      undefined,
      'warehouse-sync',
    ],
    ['manifests/us-1/production/cart.yaml', 'production', 'us-1', undefined],
    ['apps/cart/base/deployment.yaml', undefined, undefined, 'cart'],
    ['charts/cart/values.yaml', undefined, undefined, 'cart'],
    ['charts/cart/values-base.yaml', undefined, undefined, 'cart'],
    ['apps/dev-tools/deployment.yaml', undefined, undefined, 'dev-tools'],
    ['deployment.yaml', undefined, undefined, undefined],
  ])('%s', (path, environment, target, application) => {
    expect(findPlace(path, [])).toEqual({
      ...(environment ? { environment } : {}),
      ...(target ? { target } : {}),
      application,
    });
  });

  it('takes configured patterns first', () => {
    const patterns = [
      {
        path: /^live\/(?<target>[^/]+)\/(?<application>[^/]+)\/(?<environment>[^/]+)/,
      },
    ];
    expect(findPlace('live/eu/cart/blue/x.yaml', patterns)).toEqual({
      environment: 'blue',
      target: 'eu',
      application: 'cart',
    });
    expect(findPlace('production/cart/x.yaml', patterns).environment).toBe(
      'production',
    );
  });
});
