import { isEnvironmentWord, splitEnvironment } from './environmentWords';

it.each([
  ['production', { environment: 'production' }],
  ['prod-eu-1', { environment: 'prod', target: 'eu-1' }],
  ['cart-staging', { environment: 'staging', target: 'cart' }],
  ['cart', { environment: 'cart' }],
])('splits %s', (segment, expected) => {
  expect(splitEnvironment(segment)).toEqual(expected);
});

it('knows the words, whole ones only', () => {
  expect(['PROD', 'uat', 'products', ''].map(isEnvironmentWord)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
