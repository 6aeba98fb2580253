/** What began longer ago is late news: of an outage, here or at its tool. */
export const LATE_MS = 15 * 60_000;
/** Late news waits for so long for what else comes: its end, or more of it. */
export const GATHER_MS = 2 * 60_000;
/** It waits no longer than that, however much more comes. */
export const GATHER_AT_MOST_MS = 10 * 60_000;
/** What could not be told is tried again after so long at the latest. */
export const FIRST_RETRY_MS = 5_000;
export const MAX_RETRY_MS = FIRST_RETRY_MS * 2 ** 7;
