import type { Reason } from '../deployments/deployment';

/** How much of the business it hits (impact), how long it can wait (urgency). @public */
export type Level = 'high' | 'medium' | 'low';

/** 1 is the most pressing. @public */
export type PriorityNumber = 1 | 2 | 3 | 4 | 5;

/** Priority by impact, then by urgency. @public */
export type PriorityMatrix = Record<Level, Record<Level, PriorityNumber>>;

/** What a word of a tool says of the two axes. @public */
export interface WordMeaning {
  impact?: Level;
  urgency?: Level;
}

/**
 * What the words of the tools mean: by tool (`*`: any), field and word in lower
 * case.
 *
 * @public
 */
export type SeverityMeanings = Record<
  string,
  Partial<
    Record<'priority' | 'urgency' | 'severity', Record<string, WordMeaning>>
  >
>;

/** A priority with its reasons; without one nothing is known of either axis. @public */
export interface PriorityVerdict {
  priority?: PriorityNumber;
  impact?: Level;
  urgency?: Level;
  reasons: Reason[];
}

/** ITIL's matrix of impact and urgency. @public */
export const PRIORITY_MATRIX: PriorityMatrix = {
  high: { high: 1, medium: 2, low: 3 },
  medium: { high: 2, medium: 3, low: 4 },
  low: { high: 3, medium: 4, low: 5 },
};

/** So that a priority, through the matrix above, gives the same one again. */
const LADDER: Record<PriorityNumber, WordMeaning> = {
  1: { impact: 'high', urgency: 'high' },
  2: { impact: 'high', urgency: 'medium' },
  3: { impact: 'medium', urgency: 'medium' },
  4: { impact: 'medium', urgency: 'low' },
  5: { impact: 'low', urgency: 'low' },
};

function ladder(prefix: string): Record<string, WordMeaning> {
  return Object.fromEntries(
    Object.entries(LADDER).map(([number, meaning]) => [
      `${prefix}${number}`,
      meaning,
    ]),
  );
}

const both = (level: Level): WordMeaning => ({ impact: level, urgency: level });

/**
 * What the words mean where nothing else is configured: P1 to P5 and SEV1 to
 * SEV5 of any tool, the urgency of PagerDuty, and the usual severities of alerts.
 * A severity `page` says that someone is woken, and nothing of the impact.
 *
 * @public
 */
export const SEVERITY_MEANINGS: SeverityMeanings = {
  '*': {
    priority: { ...ladder('p'), ...ladder('sev'), ...ladder('sev-') },
    urgency: {
      high: { urgency: 'high' },
      medium: { urgency: 'medium' },
      low: { urgency: 'low' },
    },
    severity: {
      critical: both('high'),
      error: { impact: 'medium', urgency: 'high' },
      major: { impact: 'medium', urgency: 'high' },
      high: { impact: 'medium', urgency: 'high' },
      page: { urgency: 'high' },
      warning: both('medium'),
      ticket: { urgency: 'medium' },
      minor: { impact: 'low', urgency: 'medium' },
      info: both('low'),
      none: both('low'),
    },
  },
};
