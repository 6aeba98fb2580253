import { z } from 'zod';
import { Figure, WhyEmpty } from '../figures';

/** A service as lists name it. @public */
export const ServiceName = z
  .object({ ref: z.string(), title: z.string() })
  .meta({ id: 'ServiceName' });
/** @public */
export type ServiceName = z.infer<typeof ServiceName>;

/**
 * How an objective stands. `unknown`: its source is silent, and nothing is green
 * for it. `no traffic`: observed, and nothing happened. `unmeasured`: no source
 * measures it. `invalid`: its file is wrong.
 *
 * @public
 */
export const ObjectiveStateWord = z.enum([
  'page',
  'ticket',
  'exhausted',
  'ok',
  'no traffic',
  'unknown',
  'unmeasured',
  'invalid',
]);
/** @public */
export type ObjectiveStateWord = z.infer<typeof ObjectiveStateWord>;

/** How fast the budget burns over one window. @public */
export const ObjectiveBurn = z.object({
  seconds: z.number().int().describe('of the window'),
  burn: z
    .number()
    .optional()
    .describe('1 uses the budget up just in the period; absent without data'),
  coverage: z.number().min(0).max(1).optional(),
  unknown: z
    .boolean()
    .describe('its last slot is missing, or more than half of it'),
});
/** @public */
export type ObjectiveBurn = z.infer<typeof ObjectiveBurn>;

/** One of the four conditions: both windows burn above the factor. @public */
export const ObjectiveCondition = z.object({
  severity: z.enum(['page', 'ticket']),
  long: ObjectiveBurn,
  short: ObjectiveBurn,
  factor: z.number(),
  canFire: z
    .boolean()
    .describe('false where not even all events bad would exceed the factor'),
  state: z.enum(['holds', 'clear', 'unknown']),
});
/** @public */
export type ObjectiveCondition = z.infer<typeof ObjectiveCondition>;

/**
 * An SLO of a service and how it stands (ITIL: service level). Shares are of 1.
 *
 * @public
 */
export const ObjectiveRecord = z
  .object({
    id: z.string(),
    name: z.string().describe('of the SLO'),
    displayName: z.string().optional(),
    description: z.string().optional(),
    services: z.array(ServiceName).describe('those that the caller may see'),
    file: z.object({
      path: z.string(),
      line: z.number().int().optional(),
      url: z.string().optional(),
    }),
    invalid: z
      .object({
        reason: z.string(),
        path: z.string().describe('in the document; empty for all of it'),
      })
      .optional(),
    target: z.number().optional().describe('from 0 up and below 1'),
    budgeting: z
      .enum(['occurrences', 'timeslices', 'ratioTimeslices'])
      .optional(),
    period: z
      .object({
        kind: z.enum(['rolling', 'calendar']),
        seconds: z.number().int().describe('of a calendar one nominal'),
        from: z.iso.datetime(),
        to: z.iso.datetime().describe('as far as it is over'),
        end: z.iso.datetime(),
      })
      .optional(),
    indicator: z
      .object({
        counts: z.enum(['good', 'bad']),
        events: z.string().describe('query'),
        total: z.string().describe('query'),
      })
      .optional(),
    measuredBy: z
      .object({ source: z.string(), title: z.string() })
      .optional()
      .describe('absent where no source measures it'),
    state: ObjectiveStateWord,
    frozen: ObjectiveStateWord.optional().describe(
      'what it was when last known, where it is unknown',
    ),
    why: WhyEmpty.optional().describe(
      'why it is unknown, unmeasured or invalid, and what to do',
    ),
    attainment: Figure.describe('share of good events or slices'),
    remaining: Figure.describe(
      'share of the budget that is left; negative where overspent',
    ),
    spent: Figure.describe('bad events or slices of the period'),
    conditions: z.array(ObjectiveCondition).describe('the four, page first'),
    exhaustedAt: z.iso
      .datetime()
      .optional()
      .describe(
        'when the budget is used up at this burn; absent at a burn of 1 or less',
      ),
    measuredFrom: z.iso
      .datetime()
      .optional()
      .describe(
        'how far back slots were asked for by now; coverage says of how many something is known',
      ),
    progress: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe('of the period that was fetched, while its past is fetched'),
    asOf: z.iso.datetime().optional().describe('the end of its last slot'),
  })
  .meta({ id: 'Objective' });
/** @public */
export type ObjectiveRecord = z.infer<typeof ObjectiveRecord>;

/** What one deployment spent of a period's budget. @public */
export const BudgetShare = z.object({
  deploymentId: z.string(),
  serviceRef: z.string(),
  environment: z.string(),
  version: z.string(),
  finishedAt: z.iso.datetime(),
  spent: z.number().describe('share of the budget'),
});
/** @public */
export type BudgetShare = z.infer<typeof BudgetShare>;

/**
 * An objective's chart: what happened by steps of time, what was left of the
 * budget after each, and what spent it.
 *
 * @public
 */
export const ObjectiveChart = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  keptFrom: z.iso
    .datetime()
    .optional()
    .describe('an older range was asked for; nothing before this is kept'),
  stepSeconds: z
    .number()
    .int()
    .describe('a slot of five minutes or a multiple'),
  points: z
    .array(
      z.object({
        at: z.iso.datetime().describe('start of the step'),
        bad: z.number(),
        total: z.number().describe('0: no traffic'),
        remaining: z
          .number()
          .optional()
          .describe('share of the budget left at its end, of the period then'),
        partly: z
          .boolean()
          .optional()
          .describe(
            'nothing is known of the beginning of the period then: it is the budget of the rest',
          ),
      }),
    )
    .describe('steps of which nothing is known are left out'),
  plannedDowntime: z
    .array(z.object({ from: z.iso.datetime(), to: z.iso.datetime() }))
    .optional()
    .describe('what of the range is out of every figure, as the file says'),
  shares: z
    .array(BudgetShare)
    .describe('of the current period, the largest first'),
  notAttributed: z
    .number()
    .optional()
    .describe('share of the budget that no deployment explains'),
  hidden: z
    .number()
    .optional()
    .describe(
      'share of the budget that deployments spent which the caller may not see',
    ),
  used: z
    .number()
    .optional()
    .describe(
      'share of the budget: the sum of the shares, hidden and not attributed',
    ),
});
/** @public */
export type ObjectiveChart = z.infer<typeof ObjectiveChart>;
