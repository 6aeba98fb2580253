import { InputError } from '@backstage/errors';

const HOUR_MS = 3_600_000;
const MAX_MS = 31 * 24 * HOUR_MS;
/** As finely as servers usually scrape. */
const FINEST_SECONDS = 15;
const STEPS = 240;
const MINUTE_MS = 60_000;
/** Who looks at the newest hours is shown them to the minute. */
const NEWEST_MS = 10 * MINUTE_MS;

/** What a chart is asked for: both instants are evaluated. */
export interface ChartRange {
  /** Epoch milliseconds. */
  from: number;
  to: number;
  stepSeconds: number;
}

/**
 * The range a request asks for, the last hour where it says nothing, on a grid
 * so that pages share answers: of minutes where it is short and of now, of five
 * minutes, and of half an hour where it is over two days. In at most 241 instants.
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
  const isNew = now - end < NEWEST_MS;
  const gridMs = gridOf({ span: end - begin, isNew });
  const to = Math.floor(end / gridMs) * gridMs;
  const span = Math.max(gridMs, Math.round((end - begin) / gridMs) * gridMs);
  const stepSeconds =
    Math.ceil(span / 1000 / STEPS / FINEST_SECONDS) * FINEST_SECONDS;
  const steps = Math.floor(span / 1000 / stepSeconds);
  return { from: to - steps * stepSeconds * 1000, to, stepSeconds };
}

function gridOf(options: { span: number; isNew: boolean }): number {
  const { span, isNew } = options;
  if (span > 48 * HOUR_MS) {
    return 30 * MINUTE_MS;
  }
  return span <= 2 * HOUR_MS && isNew ? MINUTE_MS : 5 * MINUTE_MS;
}
