/** How long after it a deployment may be told by others: of a fix the one that it replaced, of a failure what it undoes. */
export const LOOK_BACK_MS = 24 * 3600_000;
