/** A fixed end for worlds of tests: a Friday noon. */
export const testEnd = Date.UTC(2026, 9, 30, 12);

/** 120 days before it. */
export const testStart = Date.UTC(2026, 6, 2);
