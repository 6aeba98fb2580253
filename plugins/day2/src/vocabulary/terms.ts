/**
 * The terms the two languages call differently. `deployment` and `change` are
 * the same word in both, with the meaning each gives it.
 */
export const terms = [
  'service',
  'pullRequest',
  'drift',
  'recurringCause',
  'review',
  'autoMerged',
  'hotfix',
  'rollback',
  'commit',
  'sync',
  'desiredState',
  'drifted',
  'objective',
  'cost',
] as const;

/** One of {@link terms}. */
export type TermId = (typeof terms)[number];
