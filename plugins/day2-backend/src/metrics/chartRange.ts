import { InputError } from '@backstage/errors';

const HOUR_MS = 3_600_000;
const MAX_MS = 31 * 24 * HOUR_MS;
/** As finely as servers usually scrape. */
const FINEST_SECONDS = 15;
const STEPS = 240;
/** Ranges of one minute are one, so that pages share answers. */
const GRID_MS = 60_000;

/** What a chart is asked for: both instants are evaluated. */
export interface ChartRange {
  /** Epoch milliseconds. */
  from: number;
  to: number;
  stepSeconds: number;
}

/**
 * The range a request asks for, the last hour where it says nothing, on whole
 * minutes and in at most 241 instants.
 *
 * @throws InputError where it ends before it begins, or is over 31 days
 */
export function chartRange(options: {
  query: { from?: string; to?: string };
  now: number;
}): ChartRange {
  const { query, now } = options;
  const end = Math.min(query.to ? Date.parse(query.to) : now, now);
  const begin = query.from ? Date.parse(query.from) : end - HOUR_MS;
  if (begin >= end) {
    throw new InputError(
      'query.from: the range ends before it begins; from must be earlier than to, and not in the future',
    );
  }
  if (end - begin > MAX_MS) {
    throw new InputError(
      'query.from: the range is over 31 days; ask for 31 days or less',
    );
  }
  const to = Math.floor(end / GRID_MS) * GRID_MS;
  const span = Math.max(GRID_MS, Math.round((end - begin) / GRID_MS) * GRID_MS);
  const stepSeconds =
    Math.ceil(span / 1000 / STEPS / FINEST_SECONDS) * FINEST_SECONDS;
  const steps = Math.floor(span / 1000 / stepSeconds);
  return { from: to - steps * stepSeconds * 1000, to, stepSeconds };
}
