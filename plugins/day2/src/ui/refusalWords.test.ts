import { refusalWords } from './refusalWords';

const fields = { value: 'Impact started' };

it.each([
  [
    'body.value: is in the future; say when it was',
    'Impact started: is in the future; say when it was',
  ],
  [
    'body.with: both are this incident already',
    'Both are this incident already',
  ],
  [
    'The request is not what this route takes. body.value: Invalid; body.why: Too long. The fields are described in /api/day2/openapi.json',
    'Impact started: Invalid; Too long',
  ],
  ['Only owners of payments-api may', 'Only owners of payments-api may'],
])('%s is read as %s', (written, expected) => {
  expect(refusalWords({ written, fields })).toBe(expected);
});

it('has instants in the reader’s zone', () => {
  expect(
    refusalWords({ written: 'body.value: 2026-11-21T09:30:05.000Z is late' }),
  ).not.toMatch(/T\d\d:|Z is/);
});
