import { parseRange } from './range';

const now = Date.UTC(2026, 10, 21);
const day = 86_400_000;

describe('parseRange', () => {
  it.each([
    [{}, now + 1 - 14 * day, now + 1],
    [{ from: '2026-11-01T00:00:00Z' }, Date.UTC(2026, 10, 1), now + 1],
    [
      { to: '2026-11-01T02:00:00+02:00' },
      Date.UTC(2026, 10, 1) - 14 * day,
      Date.UTC(2026, 10, 1),
    ],
  ])('reads %j', (query, from, to) => {
    expect(parseRange({ query, now })).toEqual({ from, to });
  });

  it('refuses a range that ends before it begins', () => {
    expect(() =>
      parseRange({
        query: { from: '2026-11-02T00:00:00Z', to: '2026-11-01T00:00:00Z' },
        now,
      }),
    ).toThrow(/query.from: the range ends before it begins/);
  });
});
