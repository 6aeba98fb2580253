/** Milliseconds between refreshes of a page where no signal comes first. */
export const refreshEvery = 30_000;
