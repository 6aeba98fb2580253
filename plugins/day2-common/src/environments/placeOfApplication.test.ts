import { placeOfApplication } from './placeOfApplication';

it.each<
  [string, Omit<Parameters<typeof placeOfApplication>[0], 'name'>, string]
>([
  // By its label, and then by how it ends.
  ['cart-production', { label: 'live-eu', cluster: 'qa-eu-1' }, 'live-eu cart'],
  [
    'cart-production',
    { cluster: 'qa-eu-1', namespace: 'dev' },
    'production cart',
  ],
  ['cart.pre-prod', {}, 'pre-prod cart'],
  ['integration-hub-production', {}, 'production integration-hub'],
  ['live-chat-staging', {}, 'staging live-chat'],
  // By the cluster, then the namespace.
  ['qa-tool', { cluster: 'prod-eu-1', namespace: 'qa' }, 'prod qa-tool'],
  ['cart', { cluster: 'eu-1-live', namespace: 'dev' }, 'live cart'],
  [
    'load-balancer',
    { cluster: 'eu-1', namespace: 'edge-test' },
    'test load-balancer',
  ],
  ['live-chat', { namespace: 'production' }, 'production live-chat'],
  ['dev-portal', { namespace: 'prod-portal' }, 'prod dev-portal'],
  // By how the name begins, last.
  ['prod-cart', { namespace: 'cart' }, 'prod cart'],
  ['prod-cart', { cluster: 'production-eu-1' }, 'production cart'],
  ['qa-tool', { namespace: 'tools' }, 'qa tool'],
  // By none: what things are called.
  ['live-chat', { namespace: 'chat' }, '- live-chat'],
  ['live-chat', { namespace: 'live-chat' }, '- live-chat'],
  [
    'integration-hub',
    { cluster: 'in-cluster', namespace: 'load-balancer' },
    '- integration-hub',
  ],
  ['production', {}, '- production'],
  ['cart', {}, '- cart'],
])('%s, %j: %s', (name, rest, expected) => {
  const { environment = '-', application } = placeOfApplication({
    name,
    ...rest,
  });
  expect(`${environment} ${application}`).toBe(expected);
});
