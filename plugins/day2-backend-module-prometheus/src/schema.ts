import { z } from 'zod';

/** Of two: when, in seconds, and how many, as text so that no digit is lost. */
const Sample = z.tuple([
  z.number(),
  z
    .string()
    .regex(/^(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|NaN|[+-]?Inf)$/i),
]);
export type Sample = z.infer<typeof Sample>;

const Labels = z.record(z.string(), z.string());

const Series = z.object({
  metric: Labels.catch({}),
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

/** Epoch milliseconds; undefined where it is absent, or Go's zero: the year 1. */
const Instant = z
  .string()
  .nullish()
  .catch(undefined)
  .transform(text => {
    const at = Date.parse(text ?? '');
    return at > 0 ? at : undefined;
  });

const RuleAlert = z.object({
  labels: Labels.catch({}),
  annotations: Labels.catch({}),
  state: z.enum(['pending', 'firing']),
  activeAt: Instant,
  /** As `1.5e+00`, `NaN` or `+Inf`. */
  value: z.string().catch('NaN'),
});

/** A rule of alerts. */
export const Rule = z.object({
  name: z.string(),
  query: z.string().catch(''),
  /** Seconds. */
  duration: z.number().catch(0),
  labels: Labels.catch({}),
  annotations: Labels.catch({}),
  health: z.string().catch('unknown'),
  lastError: z.string().nullish().catch(undefined),
  lastEvaluation: Instant,
  alerts: z.array(RuleAlert).nullish(),
});
export type Rule = z.infer<typeof Rule>;

/** What `rules?type=alert` answers; what has no part in it says so by its type. */
export const RulesAnswer = z.object({
  status: z.literal('success'),
  data: z.object({
    groups: z.array(
      z.object({
        name: z.string().catch(''),
        rules: z
          .array(z.object({ type: z.string().catch('alerting') }).loose())
          .nullish(),
      }),
    ),
  }),
});
export type RulesAnswer = z.infer<typeof RulesAnswer>;
