import { z } from 'zod';

/** Of two: when, in seconds, and how many, as text so that no digit is lost. */
const Sample = z.tuple([
  z.number(),
  z
    .string()
    .regex(/^(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|NaN|[+-]?Inf)$/i),
]);
export type Sample = z.infer<typeof Sample>;

const Series = z.object({
  values: z.array(Sample).optional(),
  /** Native histograms, which are no numbers of events. */
  histograms: z.array(z.unknown()).optional(),
});

const texts = z.array(z.string()).nullish().catch(undefined);

/** What `query_range` answers. */
export const RangeAnswer = z.object({
  status: z.literal('success'),
  data: z.object({ resultType: z.literal('matrix'), result: z.array(Series) }),
  warnings: texts,
  /** VictoriaMetrics' word for an answer of a part of its storage. */
  isPartial: z.boolean().nullish().catch(undefined),
});
export type RangeAnswer = z.infer<typeof RangeAnswer>;

/** What is answered in place of it. */
export const Refusal = z.object({
  status: z.literal('error'),
  errorType: z.string().max(100).catch(''),
  error: z.string().catch(''),
});
