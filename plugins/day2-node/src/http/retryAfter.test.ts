import { readRetryAfter } from './retryAfter';

const now = Date.UTC(2026, 0, 1);

it.each([
  [null, undefined],
  ['', undefined],
  ['soon', undefined],
  ['0', 0],
  ['7', 7_000],
  ['1.5', 1_500],
  ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['99999999', 6 * 3600 * 1000],
])('%s is %s', (value, expected) => {
  expect(readRetryAfter(value, now)).toBe(expected);
});
