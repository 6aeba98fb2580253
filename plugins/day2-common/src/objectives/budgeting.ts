/**
 * What an objective's budget is made of (OpenSLO's `budgetingMethod`).
 * `occurrences`: bad events of all events. `timeslices`: slices of time below
 * their target of all slices. `ratioTimeslices`: the mean over slices of each
 * one's share of bad events, whatever its traffic.
 *
 * @public
 */
export type Budgeting =
  | { method: 'occurrences' }
  | {
      method: 'timeslices';
      /** Milliseconds of a slice: a multiple of a slot that divides a day. */
      sliceMs: number;
      /** Share of good events from which on a slice is good: above 0, up to 1. */
      sliceTarget: number;
    }
  | { method: 'ratioTimeslices'; sliceMs: number };

/**
 * The budget of an objective: the share that may be bad, 1 − target, rounded to
 * 12 decimals so that 1 − 0.999 is 0.001.
 *
 * @public
 */
export function budgetOf(target: number): number {
  return Number((1 - target).toFixed(12));
}

/** Rounded to 12 digits, so that what is equal on paper is equal here. */
export function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
