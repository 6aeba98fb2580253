import { z } from 'zod';
import { Person } from '../persons';

/** Lanes of the timeline. Later domains add their own. @public */
export const TimelineKind = z.enum(['deployment', 'change', 'incident']);
/** @public */
export type TimelineKind = z.infer<typeof TimelineKind>;

/** One line of everything that happened to a service. @public */
export const TimelineEntry = z
  .object({
    id: z.string(),
    kind: TimelineKind,
    recordId: z
      .string()
      .describe('of the deployment, change or incident it tells of'),
    at: z.iso.datetime(),
    until: z.iso.datetime().optional(),
    underWaySince: z.iso
      .datetime()
      .optional()
      .describe(
        'before an incident: it had begun then, and ended only after the incident had',
      ),
    environment: z
      .string()
      .optional()
      .describe('absent where it touches none in particular'),
    title: z.string(),
    detail: z.string().optional(),
    status: z.enum(['ok', 'failed', 'undone', 'attention', 'neutral']),
    flags: z.array(
      z.enum([
        'rollback',
        'hotfix',
        'revert',
        'configuration',
        'merge',
        'superseded',
      ]),
    ),
    actor: Person.optional(),
    url: z.string().optional(),
  })
  .meta({ id: 'TimelineEntry' });
/** @public */
export type TimelineEntry = z.infer<typeof TimelineEntry>;
