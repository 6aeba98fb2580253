import { anyPathMatches, pathMatches } from './pathPattern';

describe('pathMatches', () => {
  it.each([
    ['apps/cart', 'apps/cart', true],
    ['/apps/cart/', './apps/cart', true],
    ['apps/cart', 'apps/cart/overlays/prod/values.yaml', true],
    ['apps/cart', 'apps/cart-2', false],
    ['apps/cart/overlays', 'apps/cart', false],
    ['apps/*', 'apps/cart/overlays', true],
    ['apps/*/overlays', 'apps/a/b/overlays', false],
    ['apps/c*t', 'apps/cart', true],
    ['apps/c*t*s', 'apps/carts', true],
    ['apps/c*t', 'apps/ct', true],
    ['apps/ca*ar', 'apps/car', false],
    ['**/cart', 'a/b/cart/c', true],
    ['**/cart', 'cart', true],
    ['a/**/b', 'a/b', true],
    ['a/**/**/b', 'a/x/y/b', true],
    ['a/**/b', 'a/x/y/c', false],
    ['*.env', 'cart.env', true],
    ['', 'anything', true],
    ['**', 'a', true],
    ['a/**', 'a', true],
    ['**/a/b', 'a/a/b', true],
    ['**/a/**/b', 'x/a/b/a/c', true],
    // Longer than anybody means it: fits nothing.
    [`a/${'*'.repeat(1000)}`, 'a/b', false],
    ['**/a/'.repeat(20), 'a/'.repeat(20), true],
    ['**/a/'.repeat(21), 'a/'.repeat(21), false],
  ])('%s and %s: %s', (pattern, path, expected) => {
    expect(pathMatches({ pattern, path })).toBe(expected);
  });
});

describe('anyPathMatches', () => {
  it.each<[string[], string[], boolean, boolean | undefined]>([
    [[], ['a'], false, true],
    [['a', 'b'], ['x', 'b/c'], false, true],
    [['a'], ['b'], false, false],
    [['a'], ['b'], true, undefined],
    [['a'], ['a/x'], true, true],
    [['a'], [], false, undefined],
  ])('%j in %j, cut %s: %s', (patterns, paths, cut, expected) => {
    expect(anyPathMatches({ patterns, paths, cut })).toBe(expected);
  });
});
