import { isNamed, nameIn } from './nameIn';

const sha = `ab12cd34${'0'.repeat(32)}`;

it.each([
  ['errors since v2.4.1.', '2.4.1', '2.4.1'],
  ['errors since 2.4.1, again', 'v2.4.1', '2.4.1'],
  ['(2.4.1) errors', '2.4.1', '2.4.1'],
  ['errors since 2.4.10', '2.4.1', undefined],
  ['errors since 12.4.1', '2.4.1', undefined],
  ['commit AB12CD3 did it', sha, 'ab12cd3'],
  ['commit ab12cd did it', sha, undefined],
  ['latest is bad', 'latest', undefined],
  ['v1 is bad', 'V1', undefined],
  [
    'see https://git.example/pull/7!',
    'https://git.example/pull/7',
    'https://git.example/pull/7',
  ],
  ['', '2.4.1', undefined],
])('%s: names %s as %s', (text, name, expected) => {
  expect(nameIn(text, ['nothing', name])).toBe(expected);
});

it.each([
  ['V1', 'v1', true],
  ['latest', 'latest', true],
  ['ab12cd3', sha, true],
  ['ab12c', sha, false],
  ['', '', false],
])('a cause field %s means %s: %s', (value, name, expected) => {
  expect(isNamed(value, [name])).toBe(expected);
});
