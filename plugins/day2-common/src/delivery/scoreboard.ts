import { z } from 'zod';
import { Reason } from '../deployments/deployment';
import { Figure, WhyEmpty } from '../figures';
import { SourcesStanding } from '../sources';

/** DORA's five metrics, and the deployment success rate beside them. @public */
export const DeliveryMetric = z.enum([
  'deploymentFrequency',
  'changeLeadTime',
  'failedDeploymentRecoveryTime',
  'changeFailRate',
  'deploymentReworkRate',
  'deploymentSuccessRate',
]);
/** @public */
export type DeliveryMetric = z.infer<typeof DeliveryMetric>;

/** A delivery figure with what is shown beside it. @public */
export const DeliveryFigure = z
  .object({
    metric: DeliveryMetric,
    factor: z
      .enum(['throughput', 'instability'])
      .optional()
      .describe('DORA’s factor; absent for what is none of its five'),
    figure: Figure.describe(
      'deployments a day; the median of seconds; or a ratio from 0 to 1',
    ),
    beside: z.array(
      z.object({
        name: z
          .enum([
            'daysPerWeek',
            'p75',
            'p90',
            'open',
            'oldestOpen',
            'suspected',
          ])
          .describe('suspected: those that only a suspected incident makes so'),
        figure: Figure,
      }),
    ),
    leftOut: z
      .array(Reason)
      .describe('records that it leaves out, by why, with how many'),
    previous: Figure.optional().describe('of the period before'),
    change: z
      .object({
        by: z.number().describe('this value minus the one before'),
        direction: z.enum(['better', 'worse', 'same']),
      })
      .optional()
      .describe('absent where one of the two has no value'),
    survey: z
      .object({
        betterThanPercent: z.number().describe('better than at least so many'),
        of: z.enum(['own-value', 'median-of-services']),
      })
      .optional()
      .describe('place in DORA’s 2025 survey; absent where it publishes none'),
    trend: z
      .array(
        z.object({
          week: z.string().describe('ISO week, e.g. 2026-W13'),
          from: z.iso.datetime(),
          to: z.iso.datetime(),
          whole: z.boolean().describe('all of that week lies in the range'),
          figure: Figure,
        }),
      )
      .optional()
      .describe('by week, of the last 105 weeks of the range at most'),
  })
  .meta({ id: 'DeliveryFigure' });
/** @public */
export type DeliveryFigure = z.infer<typeof DeliveryFigure>;

/** By what the rows of a scoreboard are grouped. @public */
export const ScoreboardGrouping = z.enum([
  'organisation',
  'domain',
  'system',
  'team',
  'service',
]);
/** @public */
export type ScoreboardGrouping = z.infer<typeof ScoreboardGrouping>;

/** Whose deployments a group's are: of services it had then, or has now. @public */
export const MembershipMode = z.enum(['then', 'now']);
/** @public */
export type MembershipMode = z.infer<typeof MembershipMode>;

/** One group, or one service, with its figures. @public */
export const ScoreboardRow = z
  .object({
    grouping: ScoreboardGrouping,
    ref: z
      .string()
      .optional()
      .describe('entity ref of the group or service; absent: organisation'),
    title: z.string(),
    services: z.number().int().describe('services summed: those one may see'),
    hidden: z.number().int().describe('services of it that one may not see'),
    membershipAssumed: z
      .boolean()
      .describe('for a part of the range its earliest known services stand in'),
    figures: z.array(DeliveryFigure),
  })
  .meta({ id: 'ScoreboardRow' });
/** @public */
export type ScoreboardRow = z.infer<typeof ScoreboardRow>;

/** The scoreboard of a range, sorted by title. @public */
export const Scoreboard = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    zone: z.string().describe('IANA time zone of its days and weeks'),
    comparedWith: z
      .object({ from: z.iso.datetime(), to: z.iso.datetime() })
      .optional(),
    environments: z
      .array(z.string())
      .describe('those of tier production, or the one asked for'),
    grouping: ScoreboardGrouping,
    membership: MembershipMode,
    total: ScoreboardRow.describe(
      'all services that one may see, each once; the same whatever the rows are',
    ),
    ungrouped: z
      .number()
      .int()
      .describe('services of the total that are in no row, since in no group'),
    items: z.array(ScoreboardRow),
    nextCursor: z.string().optional(),
    asOf: z.iso.datetime().optional(),
    sources: SourcesStanding.optional().describe(
      'while one is still being read nothing is compared or placed in the survey',
    ),
    empty: WhyEmpty.optional().describe('set on an empty first page'),
  })
  .meta({ id: 'Scoreboard' });
/** @public */
export type Scoreboard = z.infer<typeof Scoreboard>;

/**
 * What a deployment is to a metric: one of those counted, of those in the
 * numerator as well, still open, or left out.
 *
 * @public
 */
export const DeliveryRole = z.enum([
  'counted',
  'numerator',
  'open',
  'left-out',
]);
/** @public */
export type DeliveryRole = z.infer<typeof DeliveryRole>;

/** A row behind a figure, with why it counts or does not. @public */
export const DeliveryRecord = z
  .object({
    deploymentId: z.string(),
    serviceRef: z.string(),
    environment: z.string(),
    version: z.string(),
    previousVersion: z.string().optional(),
    title: z.string().optional(),
    finishedAt: z.iso.datetime(),
    metric: DeliveryMetric,
    role: DeliveryRole,
    reasons: z.array(Reason).min(1),
    suspected: z
      .boolean()
      .optional()
      .describe('it is so by an incident alone that is only suspected'),
    lead: z
      .object({
        commits: z.number().int(),
        medianSeconds: z.number().optional(),
        longestSeconds: z.number().optional(),
      })
      .optional()
      .describe('of change lead time'),
    recovery: z
      .object({
        failureStartedAt: z.iso.datetime(),
        restoredAt: z.iso.datetime().optional(),
        seconds: z.number().optional(),
        how: z.enum(['rollback', 'fix', 'next-rollout', 'incident', 'open']),
        restoredById: z.string().optional(),
        incidentId: z.string().optional(),
      })
      .optional()
      .describe('of failed deployment recovery time'),
  })
  .meta({ id: 'DeliveryRecord' });
/** @public */
export type DeliveryRecord = z.infer<typeof DeliveryRecord>;
