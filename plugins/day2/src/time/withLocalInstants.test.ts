import { withLocalInstants } from './withLocalInstants';

const now = Date.parse('2026-11-21T12:00:00Z');

it.each([
  [
    'The impact started 2026-11-21T09:30:05.000Z',
    'The impact started Sat 21 Nov, 10:30:05',
  ],
  ['It is P2', 'It is P2'],
])('%s is read as %s', (text, expected) => {
  expect(
    withLocalInstants(text, { now, zone: 'Europe/Berlin', locale: 'en-GB' }),
  ).toBe(expected);
});
