import { read, type Change } from '../__testUtils__/read';
import type { PlaceRule } from '../placeRules';

describe('places', () => {
  const none: PlaceRule = { labels: [] };

  it.each<[string, Change, PlaceRule[], object]>([
    ['the name', () => {}, [], { environment: 'production' }],
    [
      'a label before the name',
      app => (app.metadata.labels = { env: 'live-eu' }),
      [],
      { environment: 'live-eu' },
    ],
    [
      'the cluster before the namespace',
      app => {
        app.metadata.name = 'cart';
        app.spec.destination = { name: 'staging-eu-1', namespace: 'prod' };
      },
      [],
      { environment: 'staging', target: 'eu-1' },
    ],
    [
      'the namespace, and the address of a cluster',
      app => {
        app.metadata.name = 'cart';
        app.spec.destination = {
          server: 'https://eu-1.k8s.tern.example:6443',
          namespace: 'shop-test',
        };
      },
      [],
      { environment: 'test', target: 'eu-1.k8s.tern.example' },
    ],
    [
      'the cluster before how the name begins',
      app => {
        app.metadata.name = 'qa-tool';
        app.spec.destination = { name: 'prod-eu-1', namespace: 'tools' };
      },
      [],
      { environment: 'prod', target: 'eu-1' },
    ],
    [
      'a rule over the name',
      () => {},
      [
        {
          ...none,
          application: /^(?<application>[^-]+)-(?<environment>prod)uction/,
        },
      ],
      { environment: 'prod' },
    ],
    [
      'the first rule all of whose patterns fit',
      app => (app.metadata.labels = { 'tern.example/stage': 'blue' }),
      [
        { ...none, namespace: /^other$/, environment: 'wrong' },
        {
          labels: [
            { key: 'tern.example/stage', pattern: /^(?<stage>.+)$/ },
            { key: 'absent', pattern: /./ },
          ],
          environment: 'wrong',
        },
        {
          labels: [{ key: 'tern.example/stage', pattern: /^(?<stage>.+)$/ }],
          destination: /^https/,
          environment: 'live-{{stage}}',
          target: '{{ stage }}',
        },
      ],
      { environment: 'live-blue', target: 'blue' },
    ],
    [
      'what a rule leaves open is found as without it',
      () => {},
      [{ ...none, target: 'eu-1' }],
      { environment: 'production', target: 'eu-1' },
    ],
  ])('by %s', (_, change, rules, expected) => {
    const { state, deployments } = read(change, rules);
    expect(state).toMatchObject(expected);
    expect(deployments[0]).toMatchObject(expected);
  });

  it('none by what an application is called', () => {
    const { state, deployments } = read(app => {
      app.metadata.name = 'live-chat';
      app.spec.destination.namespace = 'chat';
    });
    expect(state.environment).toBeUndefined();
    expect(state.subject.traits.application).toBe('live-chat');
    expect(deployments[0]).not.toHaveProperty('environment');
  });
});
