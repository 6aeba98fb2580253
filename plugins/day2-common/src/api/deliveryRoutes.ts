import { z } from 'zod';
import {
  DeliveryRecord,
  DeliveryRecordsQuery,
  MembershipMode,
  Scoreboard,
  ScoreboardQuery,
  ScoreboardRow,
} from '../delivery';
import { WhyEmpty } from '../figures';
import { SourcesStanding } from '../sources';
import type { Route } from './route';
import { entityParams } from './entityParams';
import { pageOf } from './page';

/** The DORA metrics of a service and of groups of them, and the rows behind. @public */
export const deliveryRoutes = {
  getServiceDelivery: {
    method: 'get',
    path: '/services/:kind/:namespace/:name/delivery',
    summary: 'The five DORA metrics of a service, with trend',
    access: 'visible-service',
    principals: ['user', 'service'],
    params: entityParams,
    query: ScoreboardQuery.pick({
      from: true,
      to: true,
      zone: true,
      environment: true,
      compare: true,
    }),
    response: z.object({
      from: z.iso.datetime(),
      to: z.iso.datetime(),
      zone: z.string(),
      comparedWith: Scoreboard.shape.comparedWith,
      environments: z.array(z.string()),
      row: ScoreboardRow,
      asOf: z.iso.datetime().optional(),
      sources: SourcesStanding.optional(),
      empty: WhyEmpty.optional(),
    }),
  },
  getScoreboard: {
    method: 'get',
    path: '/scoreboard',
    summary: 'The five DORA metrics by team, system, domain or service',
    access: 'visible-services',
    principals: ['user', 'service'],
    params: z.object({}),
    query: ScoreboardQuery,
    response: Scoreboard,
  },
  listDeliveryRecords: {
    method: 'get',
    path: '/scoreboard/records',
    summary: 'The deployments behind a figure, with why each counts or not',
    access: 'visible-services',
    principals: ['user', 'service'],
    params: z.object({}),
    query: DeliveryRecordsQuery,
    response: pageOf(DeliveryRecord).extend({
      membership: MembershipMode,
      hidden: z.number().int().describe('services of it that one may not see'),
    }),
  },
} as const satisfies Record<string, Route>;
