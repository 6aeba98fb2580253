import { InputError } from '@backstage/errors';
import { DAY_MS } from '@day2/backstage-plugin-day2-common';

/** Where a request names no range. */
export const DEFAULT_RANGE_DAYS = 14;
/** The longest range that may be asked for. */
export const MAX_RANGE_YEARS = 10;
// Leap days included.
const MAX_RANGE_MS = (MAX_RANGE_YEARS * 365 + 3) * DAY_MS;
/** How far ahead of us records may be: what posting allows, and as much again. */
const MAX_AHEAD_MS = 10 * 60_000;

/** A half-open range `[from, to)` of epoch milliseconds. */
export interface Range {
  from: number;
  to: number;
}

/**
 * The range a request asks for; the last 14 days where it says nothing. It
 * ends now at the latest, give or take what clocks differ.
 *
 * @throws InputError where it ends before it begins, or is over ten years
 */
export function parseRange(options: {
  query: { from?: string; to?: string };
  now: number;
}): Range {
  const { query, now } = options;
  // The end is open: what happened in this very millisecond belongs to "now".
  const to = query.to
    ? Math.min(Date.parse(query.to), now + MAX_AHEAD_MS)
    : now + 1;
  const from = query.from
    ? Date.parse(query.from)
    : to - DEFAULT_RANGE_DAYS * DAY_MS;
  if (from >= to) {
    throw new InputError(
      'query.from: the range ends before it begins; from must be earlier than to, and not in the future',
    );
  }
  if (to - from > MAX_RANGE_MS) {
    throw new InputError(
      `query.from: the range is over ${MAX_RANGE_YEARS} years; ask for ${MAX_RANGE_YEARS} years or less, as often as needed`,
    );
  }
  return { from, to };
}

/** Epoch milliseconds as the wire has them. */
export function iso(millis: number): string {
  return new Date(millis).toISOString();
}
