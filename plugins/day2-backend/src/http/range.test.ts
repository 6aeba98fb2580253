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
    // Ten years to the day, leap days and all.
    [{ from: '2016-11-21T00:00:00Z' }, Date.UTC(2016, 10, 21), now + 1],
    // The future has nothing to show.
    [
      { from: '2026-11-20T00:00:00Z', to: '9999-12-31T23:59:59Z' },
      now - day,
      now + 600_000,
    ],
  ])('reads %j', (query, from, to) => {
    expect(parseRange({ query, now })).toEqual({ from, to });
  });

  it.each([
    { from: '0001-01-01T00:00:00Z', to: '9999-12-31T23:59:59Z' },
    { from: '2016-11-17T00:00:00Z' },
    { from: '1990-01-01T00:00:00Z', to: '2001-01-01T00:00:00Z' },
  ])('refuses %j as too long', query => {
    expect(() => parseRange({ query, now })).toThrow(
      /query.from: the range is over 10 years/,
    );
  });

  it('refuses a range in the future', () => {
    expect(() =>
      parseRange({ query: { from: '2026-11-22T00:00:00Z' }, now }),
    ).toThrow(/not in the future/);
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
