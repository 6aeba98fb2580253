import { z } from 'zod';
import {
  base,
  Environment,
  Instant,
  Person,
  Subject,
  Url,
  Word,
} from './observationWords';

/** An alert or incident of a tool. */
export const Incident = z.object({
  ...base,
  kind: z.literal('incident'),
  subject: Subject,
  tool: Word.min(1).max(40),
  nature: z.enum(['alert', 'incident']),
  environment: Environment,
  title: z.string().min(1).max(5000),
  description: z.string().max(20_000).optional(),
  url: Url,
  words: z
    .array(
      z.object({
        field: z.enum(['priority', 'urgency', 'severity']),
        word: Word.min(1).max(100),
      }),
    )
    .max(20),
  impactStartedAt: Instant.optional(),
  detectedAt: Instant,
  acknowledgedAt: Instant.optional(),
  mitigatedAt: Instant.optional(),
  resolvedAt: Instant.optional(),
  gaps: z
    .array(z.object({ resolvedAt: Instant, reopenedAt: Instant }))
    .max(200)
    .optional(),
  causes: z
    .array(z.object({ field: Word.max(200), name: z.string().max(1000) }))
    .max(50)
    .optional(),
  notes: z.array(z.string().max(20_000)).max(50).optional(),
  acknowledgedBy: Person.optional(),
  assignees: z.array(Person).max(50).optional(),
  runbook: Url,
  suppressed: z
    .object({
      by: z.enum(['silence', 'inhibition']),
      until: Instant.optional(),
      text: z.string().max(2000).optional(),
    })
    .optional(),
});

/** Who is on call for something. */
export const OnCall = z.object({
  ...base,
  kind: z.literal('on-call'),
  subject: Subject,
  person: Person,
  level: z.number().int().min(1).max(100),
  schedule: Word.max(300).optional(),
  from: Instant.optional(),
  until: Instant.optional(),
  url: Url,
});
