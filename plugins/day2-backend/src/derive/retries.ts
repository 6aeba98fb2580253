/** What could not be derived waits no longer to be tried again. */
export const LAST_RETRY_MS = 10 * 60_000;
