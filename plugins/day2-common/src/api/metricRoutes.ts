import { z } from 'zod';
import { WhyEmpty } from '../figures';
import { MetricChart, NamedAlert } from '../metrics';
import { entityParams } from './entityParams';
import { rangeQuery } from './page';
import type { Route } from './route';

/** What annotations of a service name in Prometheus. @public */
export const metricRoutes = {
  getServiceMetrics: {
    method: 'get',
    path: '/services/:kind/:namespace/:name/metrics',
    summary:
      'Alerts and graphs that the annotations prometheus.io/alert and prometheus.io/rule of a service name',
    access: 'visible-service',
    principals: ['user', 'service'],
    params: entityParams,
    query: z.object(rangeQuery).describe('of the graphs; the last hour'),
    response: z.object({
      source: z
        .object({
          id: z.string(),
          title: z.string(),
          url: z.string().optional(),
        })
        .optional()
        .describe('which is asked'),
      alerts: z
        .object({
          items: z.array(NamedAlert).describe('the worst first'),
          leftOut: z
            .number()
            .int()
            .optional()
            .describe('there are so many more than are given'),
          missing: z
            .array(z.string())
            .describe('named, but there is no rule of that name'),
          asOf: z.iso.datetime().optional(),
          stale: WhyEmpty.optional().describe('why they are not of now'),
          empty: WhyEmpty.optional(),
        })
        .optional()
        .describe('absent where none is named'),
      charts: z.array(MetricChart),
      empty: WhyEmpty.optional().describe(
        'why there is neither, or nothing to ask',
      ),
    }),
  },
} as const satisfies Record<string, Route>;
