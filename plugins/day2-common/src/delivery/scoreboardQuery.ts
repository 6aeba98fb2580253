import { IANAZone } from 'luxon';
import { z } from 'zod';
import { pageQuery, rangeQuery } from '../api/page';
import {
  DeliveryMetric,
  DeliveryRole,
  MembershipMode,
  ScoreboardGrouping,
} from './scoreboard';

const zone = z
  .string()
  .max(64)
  .default('UTC')
  .refine(
    value => value === 'UTC' || IANAZone.isValidZone(value),
    'must be an IANA time zone such as Europe/Berlin',
  );

/** What both routes of the scoreboard take: whose deployments, when and where. */
const deliveryQuery = {
  ...rangeQuery,
  zone,
  environment: z
    .string()
    .max(100)
    .optional()
    .describe('all of tier production where absent'),
  membership: MembershipMode.default('then'),
};

/** Query parameters of a scoreboard. @public */
export const ScoreboardQuery = z.object({
  ...deliveryQuery,
  ...pageQuery,
  groupBy: ScoreboardGrouping.default('team'),
  within: z
    .string()
    .max(300)
    .optional()
    .describe('entity ref of a group, system or domain: only what is in it'),
  compare: z.stringbool().default(true).describe('with the period before'),
  trend: z.stringbool().default(false).describe('by ISO week of the zone'),
});
/** @public */
export type ScoreboardQuery = z.infer<typeof ScoreboardQuery>;

/** Query parameters of the rows behind a figure. @public */
export const DeliveryRecordsQuery = z.object({
  ...deliveryQuery,
  ...pageQuery,
  metric: DeliveryMetric,
  grouping: ScoreboardGrouping,
  ref: z.string().max(300).optional().describe('not of the organisation'),
  role: DeliveryRole.optional(),
});
/** @public */
export type DeliveryRecordsQuery = z.infer<typeof DeliveryRecordsQuery>;
