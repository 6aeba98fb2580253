/**
 * From how many records on a figure is shown.
 *
 * @remarks A quantile needs so many that it is not simply the largest or the
 * smallest: the median three, p75 four (⌈0.75·4⌉ = 3), p90 ten (⌈0.9·10⌉ = 9).
 * A share needs five: below that one deployment moves it by over 20 points. A
 * frequency needs a whole day, and one deployment, or one before the range.
 *
 * @public
 */
export const minimumN = {
  p50: 3,
  p75: 4,
  p90: 10,
  share: 5,
  days: 1,
} as const;
