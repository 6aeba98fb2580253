import { z } from 'zod';
import { Reason } from '../deployments';
import { Figure } from '../figures';
import { ServiceName } from '../objectives/objectiveRecord';
import { Person } from '../persons';

/** Who or what told an instant. @public */
export const IncidentWord = z.object({
  at: z.iso.datetime().optional().describe('absent: it has not happened'),
  origin: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('reference'),
      source: z.string(),
      key: z.string(),
      title: z.string().describe('of the source'),
    }),
    z.object({
      kind: z.literal('person'),
      person: Person,
      saidAt: z.iso.datetime(),
      why: z.string().optional(),
    }),
  ]),
});
/** @public */
export type IncidentWord = z.infer<typeof IncidentWord>;

/** An instant of an incident, and everything that was said of it. @public */
export const IncidentInstantRecord = z.object({
  at: z.iso.datetime().optional(),
  words: z
    .array(IncidentWord)
    .describe('the one that counts first; in lists 20 at most'),
  goesOn: z
    .object({
      title: z.string(),
      sourceTitle: z.string(),
      more: z.number().int().describe('others that go on'),
    })
    .optional()
    .describe(
      'what is open as yet, so that none of the words counts; of what the caller may see',
    ),
});
/** @public */
export type IncidentInstantRecord = z.infer<typeof IncidentInstantRecord>;

/** One alert or incident of a tool. @public */
export const IncidentReferenceRecord = z.object({
  source: z.string(),
  sourceTitle: z.string(),
  key: z.string(),
  tool: z.string().describe('pagerduty, alertmanager, …'),
  kind: z.enum(['alert', 'incident']),
  title: z.string(),
  url: z.string().optional(),
  environment: z.string().optional(),
  detectedAt: z.iso.datetime(),
  acknowledgedAt: z.iso.datetime().optional(),
  resolvedAt: z.iso.datetime().optional(),
  words: z
    .array(z.object({ field: z.string(), word: z.string() }))
    .describe('how bad the tool says it is'),
  suppressed: z
    .object({
      by: z.enum(['silence', 'inhibition']),
      until: z.iso.datetime().optional(),
      text: z.string().optional(),
    })
    .optional()
    .describe('it still holds, and the tool tells nobody'),
  runbook: z.string().optional(),
});
/** @public */
export type IncidentReferenceRecord = z.infer<typeof IncidentReferenceRecord>;

const Level = z.enum(['high', 'medium', 'low']);

/** One impact on services, as one or more tools saw it (ITIL: incident). @public */
export const IncidentRecord = z
  .object({
    id: z.string(),
    title: z.string(),
    state: z.enum(['open', 'mitigated', 'resolved']),
    priority: z.number().int().min(1).max(5).optional(),
    impact: Level.optional(),
    urgency: Level.optional(),
    priorityReasons: z.array(Reason),
    services: z.array(ServiceName).describe('those that the caller may see'),
    hidden: z.number().int().describe('services that the caller may not see'),
    environments: z.array(z.string()),
    startedAt: z.iso
      .datetime()
      .describe('start of the impact, else the detection'),
    instants: z.object({
      impactStartedAt: IncidentInstantRecord,
      detectedAt: IncidentInstantRecord,
      acknowledgedAt: IncidentInstantRecord,
      mitigatedAt: IncidentInstantRecord,
      resolvedAt: IncidentInstantRecord,
    }),
    times: z.object({ detect: Figure, acknowledge: Figure, restore: Figure }),
    references: z
      .array(IncidentReferenceRecord)
      .describe('earliest first; in lists 20 at most'),
    moreReferences: z
      .number()
      .int()
      .optional()
      .describe('that a list leaves out: those of its own page are all there'),
    reopened: z.array(
      z.object({ resolvedAt: z.iso.datetime(), reopenedAt: z.iso.datetime() }),
    ),
    contradictions: z.array(Reason).describe('in lists 5 at most'),
    moreContradictions: z
      .number()
      .int()
      .optional()
      .describe('that a list leaves out'),
    suspect: z
      .object({
        id: z.string(),
        kind: z.enum(['deployment', 'change']),
        label: z.string(),
        state: z.enum(['confirmed', 'suspected']),
        probability: z.number(),
      })
      .optional()
      .describe('the change that did it, as far as is known'),
    asOf: z.iso.datetime().optional(),
  })
  .meta({ id: 'Incident' });
/** @public */
export type IncidentRecord = z.infer<typeof IncidentRecord>;

/** A deployment or change as it was judged. @public */
export const SuspectRecord = z.object({
  id: z.string(),
  kind: z.enum(['deployment', 'change']),
  service: ServiceName.optional().describe(
    'absent where the caller may not see it',
  ),
  label: z.string(),
  at: z.iso.datetime(),
  environment: z.string().optional(),
  state: z.enum(['confirmed', 'suspected', 'candidate', 'rejected']),
  hops: z.number().int().optional().describe('steps from what is hit'),
  score: z.number().describe('sum of the factors, natural log-odds'),
  probability: z.number(),
  factors: z.array(
    z.object({
      factor: z.enum(['time', 'graph', 'risk', 'errors', 'text']),
      logOdds: z.number(),
      reason: Reason,
    }),
  ),
  reasons: z.array(Reason),
});
/** @public */
export type SuspectRecord = z.infer<typeof SuspectRecord>;

/** What a person said of an incident, for the record. @public */
export const IncidentSaid = z.object({
  id: z.string().describe('to take it back by'),
  at: z.iso.datetime(),
  person: Person,
  text: z.string().describe('what was said, in a sentence'),
  why: z.string().optional(),
  takenBack: z
    .object({ at: z.iso.datetime(), person: Person })
    .optional()
    .describe('it counts no more'),
});
/** @public */
export type IncidentSaid = z.infer<typeof IncidentSaid>;

/** Somebody on call. @public */
export const OnCall = z
  .object({
    person: Person,
    level: z.number().int().min(1).describe('of the escalation, 1 first'),
    schedule: z.string().optional(),
    until: z.iso.datetime().optional(),
    source: z.string(),
    url: z.string().optional(),
  })
  .meta({ id: 'OnCall' });
/** @public */
export type OnCall = z.infer<typeof OnCall>;
