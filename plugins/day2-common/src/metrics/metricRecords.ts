import { z } from 'zod';

/** How an alert stands; unknown where its rule cannot be evaluated. @public */
export const NamedAlertState = z.enum([
  'firing',
  'pending',
  'unknown',
  'inactive',
]);
/** @public */
export type NamedAlertState = z.infer<typeof NamedAlertState>;

/** An alert that a service's annotation names. @public */
export const NamedAlert = z
  .object({
    id: z.string().describe('of this answer alone'),
    name: z.string(),
    group: z.string(),
    query: z.string(),
    state: NamedAlertState,
    error: z.string().optional().describe('why its rule is not evaluated'),
    value: z
      .number()
      .optional()
      .describe('of its query; absent where it is inactive, or is no number'),
    labels: z.record(z.string(), z.string()),
    annotations: z.record(z.string(), z.string()),
    activeAt: z.iso
      .datetime()
      .optional()
      .describe('since when it is pending or firing'),
    evaluatedAt: z.iso.datetime().optional(),
    durationSeconds: z
      .number()
      .describe('for so long it is pending before it fires'),
  })
  .meta({ id: 'NamedAlert' });
/** @public */
export type NamedAlert = z.infer<typeof NamedAlert>;

/** A query that a service's annotation names, over time. @public */
export const MetricChart = z
  .object({
    query: z.string(),
    dimension: z.string().optional(),
    unit: z
      .enum(['bytes', 'seconds', 'ratio'])
      .optional()
      .describe('as the metric’s name has it'),
    from: z.iso.datetime().describe('of the first value of each series'),
    stepSeconds: z.number().int(),
    series: z.array(
      z.object({
        name: z
          .string()
          .describe('value of the dimension, or what tells it apart'),
        labels: z.record(z.string(), z.string()),
        values: z
          .array(z.number().nullable())
          .describe('one a step; null where there is none'),
      }),
    ),
    seriesLeftOut: z
      .number()
      .int()
      .optional()
      .describe('there are so many more than are given'),
    error: z.string().optional().describe('why there is none'),
    asOf: z.iso
      .datetime()
      .optional()
      .describe('when it was asked for; absent with an error'),
  })
  .meta({ id: 'MetricChart' });
/** @public */
export type MetricChart = z.infer<typeof MetricChart>;
