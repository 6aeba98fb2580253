const FIRST_RETRY_MS = 5000;
const MAX_RETRY_MS = 15 * 60_000;
const MAX_RETRY_AFTER_MS = 3_600_000;

const MIN_EVERY_SECONDS = 1;
const MAX_EVERY_SECONDS = 31 * 86_400;
const USUAL_EVERY_SECONDS = 60;

/**
 * The interval a source is read at, in seconds: what it asks for between a
 * second and 31 days, a minute where that is no number.
 */
export function boundedEvery(everySeconds: number): number {
  return Number.isNaN(everySeconds)
    ? USUAL_EVERY_SECONDS
    : Math.min(Math.max(everySeconds, MIN_EVERY_SECONDS), MAX_EVERY_SECONDS);
}

// A source that misses two turns is stale; a short interval gives it a minute.
const STALE_TURNS = 2;
const STALE_GRACE_MS = 60_000;

/** For how long what a source said last passes for what is, in milliseconds. */
export function patienceMs(everySeconds: number): number {
  return STALE_TURNS * boundedEvery(everySeconds) * 1000 + STALE_GRACE_MS;
}

/** When a source that was read through is due again: its interval, give or take a tenth. */
export function afterSuccess(options: {
  now: number;
  everySeconds: number;
  random?: () => number;
}): number {
  const jitter = 0.9 + 0.2 * (options.random ?? Math.random)();
  return options.now + boundedEvery(options.everySeconds) * 1000 * jitter;
}

/**
 * When a source that failed is tried again: 5 s, doubled each time up to 15
 * minutes or its own interval, give or take a fifth; not before the tool
 * allows it, which is believed for an hour at most.
 */
export function afterFailure(options: {
  now: number;
  failures: number;
  everySeconds: number;
  retryAfterMs?: number;
  random?: () => number;
}): number {
  const limit = Math.max(
    FIRST_RETRY_MS,
    Math.min(
      MAX_RETRY_MS,
      Math.max(boundedEvery(options.everySeconds) * 1000, 60_000),
    ),
  );
  const doubled = FIRST_RETRY_MS * 2 ** Math.min(options.failures - 1, 20);
  const jitter = 0.8 + 0.4 * (options.random ?? Math.random)();
  // A server's word counts for an hour at most, and only if it is a number.
  const asked = options.retryAfterMs ?? 0;
  const wait = asked > 0 ? Math.min(asked, MAX_RETRY_AFTER_MS) : 0;
  return options.now + Math.max(Math.min(doubled, limit) * jitter, wait);
}
