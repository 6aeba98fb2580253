import { readAddress } from './readAddress';

const read = (value: string, without?: string) =>
  readAddress({
    value,
    key: 'a.url',
    example: 'https://tool.example',
    without,
  });

it.each([
  ['https://tool.example', 'https://tool.example'],
  ['http://tool.example:9090/', 'http://tool.example:9090'],
  ['https://tool.example/sub/path//', 'https://tool.example/sub/path'],
])('%s is %s', (value, expected) => {
  expect(read(value)).toBe(expected);
});

it.each([
  ['https://tool.example/api/v1', 'https://tool.example'],
  ['https://tool.example/x/api/v1/', 'https://tool.example/x'],
  ['https://tool.example/api/v10', 'https://tool.example/api/v10'],
])('without the path of the API %s is %s', (value, expected) => {
  expect(read(value, '/api/v1')).toBe(expected);
});

it.each([
  [
    'tool.example',
    'must be an http or https address, as in https://tool.example',
  ],
  ['ftp://tool.example', 'must be an http or https address'],
  ['https://me:secret@tool.example', 'must have no credentials'],
  ['https://tool.example?token=secret', 'must have no credentials'],
  ['https://tool.example#x', 'must have no credentials'],
])('%s is refused in words', (value, words) => {
  expect(() => read(value)).toThrow(`a.url: ${words}`);
  expect(() => read(value)).not.toThrow('secret');
});
