import type { ObjectiveStateWord } from './objectiveRecord';

/**
 * A share of a budget in percent with at most one decimal, cut and not rounded,
 * so that 100 % is said of a whole budget alone.
 *
 * @public
 */
export function budgetPercent(share: number): number {
  // The product of binary fractions may be a hair below what was meant.
  return Math.floor(Number((share * 1_000).toPrecision(12))) / 10;
}

/** How an objective stands, in the words that pages use. @public */
export const objectiveStateWords: Record<ObjectiveStateWord, string> = {
  page: 'burns fast',
  ticket: 'burns',
  exhausted: 'budget used up',
  ok: 'fine',
  'no traffic': 'no traffic',
  unknown: 'unknown',
  unmeasured: 'not measured',
  invalid: 'invalid',
};
