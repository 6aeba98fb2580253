import { formatInstant } from './formatInstant';

const now = Date.parse('2026-11-20T12:00:00Z');

describe('formatInstant', () => {
  it.each([
    ['2026-11-20T13:05:09Z', 'Europe/Berlin', 'Fri, Nov 20, 14:05'],
    ['2026-11-20T13:05:09Z', 'America/New_York', 'Fri, Nov 20, 08:05'],
    // Midnight is 00, not 24; and the day is the reader's.
    ['2026-11-19T23:00:00Z', 'Europe/Berlin', 'Fri, Nov 20, 00:00'],
    // Either side of the end of summer time: the same hour, an hour apart.
    ['2026-10-25T00:30:00Z', 'Europe/Berlin', 'Sun, Oct 25, 02:30'],
    ['2026-10-25T01:30:00Z', 'Europe/Berlin', 'Sun, Oct 25, 02:30'],
    ['2025-11-20T13:05:09Z', 'UTC', 'Thu, Nov 20, 2025, 13:05'],
  ])('writes %s in %s as %s', (at, zone, local) => {
    expect(formatInstant({ at, zone, now, locale: 'en-US' }).local).toBe(local);
  });

  it('is exact in UTC, whatever the zone', () => {
    const at = '2026-10-25T02:30:07+02:00';
    expect(formatInstant({ at, zone: 'Asia/Tokyo', now }).utc).toBe(
      '2026-10-25 00:30:07 UTC',
    );
  });

  it('shows what is no instant as it came', () => {
    expect(formatInstant({ at: 'soon' })).toEqual({
      local: 'soon',
      utc: 'soon',
    });
  });
});
