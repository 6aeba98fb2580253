import { SLOT_MS } from '@day2/backstage-plugin-day2-common';
import { z } from 'zod';
import { base, Instant, Key, Subject, Url, Word } from './observationWords';

const Query = z.object({
  query: z.string().min(1).max(10_000),
  source: Word.max(253).optional(),
});
const Length = z.number().int().min(SLOT_MS);

/** As `readObjectives` makes it: whatever else it has is kept out. */
const ObjectiveShape = z.object({
  id: Word.min(1).max(300),
  name: Word.min(1).max(253),
  displayName: z.string().max(500).optional(),
  description: z.string().max(5000).optional(),
  service: Word.min(1).max(253),
  serviceDisplayName: z.string().max(500).optional(),
  file: z.string().max(1000).optional(),
  index: z.number().int().min(0),
  indicator: z.object({
    name: Word.max(253).optional(),
    counts: z.enum(['good', 'bad']),
    events: Query,
    total: Query,
    counter: z.boolean(),
  }),
  target: z.number().min(0).lt(1),
  budgeting: z.discriminatedUnion('method', [
    z.object({ method: z.literal('occurrences') }),
    z.object({
      method: z.literal('timeslices'),
      sliceMs: Length,
      sliceTarget: z.number().gt(0).max(1),
    }),
    z.object({ method: z.literal('ratioTimeslices'), sliceMs: Length }),
  ]),
  period: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('rolling'), lengthMs: Length }),
    z.object({
      kind: z.literal('calendar'),
      lengthMs: Length,
      unit: z.enum(['days', 'weeks', 'months']),
      count: z.number().int().min(1),
      start: z.string().max(40),
      zone: z.string().max(100),
    }),
  ]),
  excluded: z
    .array(
      z
        .object({ from: z.number().int(), to: z.number().int() })
        .refine(({ from, to }) => from < to, 'ends before it begins'),
    )
    .max(200)
    .optional(),
});

/** An SLO of a file, or why it is none. */
export const Objective = z.object({
  ...base,
  kind: z.literal('objective'),
  subject: Subject,
  name: Word.min(1).max(300),
  file: z.string().min(1).max(1000),
  line: z.number().int().min(1).optional(),
  url: Url,
  objective: ObjectiveShape.optional(),
  invalid: z
    .object({ reason: z.string().min(1).max(2000), path: z.string().max(500) })
    .optional(),
  instance: Word.max(200).optional(),
});

const SlotStart = Instant.refine(
  at => at % SLOT_MS === 0,
  'is no multiple of five minutes',
);

/** What was counted for an objective. */
export const Measurement = z.object({
  ...base,
  kind: z.literal('measurement'),
  objective: Key,
  indicator: Word.min(1).max(100),
  from: SlotStart,
  to: SlotStart,
  slots: z
    .array(
      z.object({
        at: SlotStart,
        bad: z.number().min(0).max(Number.MAX_SAFE_INTEGER),
        total: z.number().min(0).max(Number.MAX_SAFE_INTEGER),
      }),
    )
    .max(50_000),
});
