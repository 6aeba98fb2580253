import { InputError } from '@backstage/errors';

/** Where a request names no range. */
export const DEFAULT_RANGE_DAYS = 14;
const DAY_MS = 86_400_000;

/** A half-open range `[from, to)` of epoch milliseconds. */
export interface Range {
  from: number;
  to: number;
}

/**
 * The range a request asks for; the last 14 days where it says nothing.
 *
 * @throws InputError where it ends before it begins
 */
export function parseRange(options: {
  query: { from?: string; to?: string };
  now: number;
}): Range {
  const { query, now } = options;
  // The end is open: what happened in this very millisecond belongs to "now".
  const to = query.to ? Date.parse(query.to) : now + 1;
  const from = query.from
    ? Date.parse(query.from)
    : to - DEFAULT_RANGE_DAYS * DAY_MS;
  if (from >= to) {
    throw new InputError(
      'query.from: the range ends before it begins; from must be earlier than to',
    );
  }
  return { from, to };
}

/** Epoch milliseconds as the wire has them. */
export function iso(millis: number): string {
  return new Date(millis).toISOString();
}
