import { z } from 'zod';

/** `null` is what YAML makes of a key without a value: absent. */
function optional<T extends z.ZodType>(schema: T) {
  return schema
    .nullish()
    .transform(value => value ?? undefined)
    .optional();
}

const Name = z.string().trim().min(1).max(253);

const Metadata = z.object({
  name: Name,
  displayName: optional(z.string()),
  annotations: optional(z.record(z.string(), z.unknown())),
});

/** Of any OpenSLO v1 document: what tells which it is. */
export const OpenSloHead = z.object({
  kind: z.string(),
  metadata: Metadata,
  spec: z.looseObject({}),
});
export type OpenSloHead = z.infer<typeof OpenSloHead>;

const Metric = z.object({
  metricSource: z.object({
    metricSourceRef: optional(Name),
    type: optional(z.string().min(1)),
    spec: z.looseObject({}),
  }),
});
export type OpenSloMetric = z.infer<typeof Metric>;

export const OpenSloIndicator = z.object({
  thresholdMetric: optional(z.looseObject({})),
  ratioMetric: optional(
    z.object({
      counter: optional(z.boolean()),
      good: optional(Metric),
      bad: optional(Metric),
      total: optional(Metric),
      raw: optional(z.looseObject({})),
    }),
  ),
});
export type OpenSloIndicator = z.infer<typeof OpenSloIndicator>;

/** Connection details may hold secrets: they are never read. */
export const OpenSloDataSource = z.object({ type: z.string().min(1) });

export const OpenSloWindow = z.object({
  duration: z.string(),
  isRolling: optional(z.boolean()),
  calendar: optional(
    z.object({
      // Some YAML readers make a date of it.
      startTime: z.union([z.string(), z.date()]),
      timeZone: z.string().min(1),
    }),
  ),
});
export type OpenSloWindow = z.infer<typeof OpenSloWindow>;

export const OpenSlo = z.object({
  description: optional(z.string()),
  service: Name,
  indicator: optional(
    z.object({
      metadata: optional(z.object({ name: optional(Name) })),
      spec: z.looseObject({}),
    }),
  ),
  indicatorRef: optional(Name),
  budgetingMethod: z.enum(['Occurrences', 'Timeslices', 'RatioTimeslices']),
  timeWindow: z.array(OpenSloWindow).length(1, 'exactly one is needed'),
  // Each by itself, so that one which is wrong leaves the others.
  objectives: z.array(z.unknown()).min(1, 'at least one is needed'),
});
export type OpenSlo = z.infer<typeof OpenSlo>;

export const OpenSloObjective = z.object({
  displayName: optional(z.string()),
  target: optional(
    z
      .number()
      .min(0)
      .lt(
        1,
        'it must be below 1, as 0.995; a percentage is targetPercent: 99.5',
      ),
  ),
  targetPercent: optional(
    z.number().min(0).lt(100, 'it must be below 100, as 99.5'),
  ),
  timeSliceTarget: optional(z.number().gt(0).max(1)),
  timeSliceWindow: optional(z.union([z.string(), z.number()])),
  indicator: optional(z.unknown()),
  indicatorRef: optional(z.unknown()),
});
export type OpenSloObjective = z.infer<typeof OpenSloObjective>;
