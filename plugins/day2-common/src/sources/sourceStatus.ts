import { z } from 'zod';

/** State of a source in one word. @public */
export const SourceState = z.enum([
  'ok',
  'running',
  'back-filling',
  'failing',
  'stale',
  'paused',
  'never-run',
]);
/** @public */
export type SourceState = z.infer<typeof SourceState>;

/** What a source failed with, in a word that pages can act on. @public */
export const SourceErrorCode = z.enum([
  'unreachable',
  'timeout',
  'credential-refused',
  'forbidden',
  'not-found',
  'rate-limited',
  'bad-answer',
  'misconfigured',
  'internal',
]);
/** @public */
export type SourceErrorCode = z.infer<typeof SourceErrorCode>;

/** One source, as the Sources page shows it. @public */
export const SourceStatus = z
  .object({
    id: z.string().describe('unique, e.g. git:tern-gitops'),
    type: z.string().describe('the connector, e.g. git'),
    title: z.string(),
    url: z.string().optional(),
    detail: z.string().optional().describe('e.g. role and branch'),
    state: SourceState,
    lastSuccessAt: z.iso.datetime().optional(),
    lastAttemptAt: z.iso.datetime().optional(),
    failingSince: z.iso.datetime().optional(),
    error: z
      .object({
        code: SourceErrorCode,
        text: z.string(),
        fix: z.string().optional(),
      })
      .optional(),
    notices: z
      .array(z.string())
      .describe('e.g. shallow clone, history rewritten, sweep refused'),
    lagSeconds: z.number().optional().describe('now minus the last success'),
    everySeconds: z.number().optional(),
    progress: z
      .object({
        done: z.number(),
        total: z.number().optional(),
        unit: z.string(),
      })
      .optional(),
    counts: z.record(z.string(), z.number()).describe('observations by kind'),
    skipped: z.record(z.string(), z.number()).describe('left out, by reason'),
    quarantined: z.number().int(),
    holder: z.string().optional().describe('the replica that holds its lease'),
    webhook: z
      .object({
        path: z.string().describe('what its tool is to POST to'),
        waiting: z.number().int().describe('deliveries not yet taken in'),
        waitingBytes: z.number().int().optional(),
        lastAt: z.iso.datetime().optional(),
        turnedAway: z
          .object({ count: z.number().int(), lastAt: z.iso.datetime() })
          .optional()
          .describe(
            'verified deliveries of the last shortage that found the inbox full: its tool was told to send them again',
          ),
      })
      .optional()
      .describe('where it takes deliveries of its tool'),
    controls: z
      .array(z.enum(['run', 'pause', 'resume', 'reread', 'replay-quarantine']))
      .optional()
      .describe('what may be asked of it; anything where absent'),
  })
  .meta({ id: 'SourceStatus' });
/** @public */
export type SourceStatus = z.infer<typeof SourceStatus>;

/** An item a source could not take in, and why; secrets removed. @public */
export const QuarantinedItem = z
  .object({
    id: z.string(),
    source: z.string(),
    key: z.string().optional(),
    reason: z.string(),
    item: z.string().describe('the item as text, cut to 4,000 characters'),
    at: z.iso.datetime(),
  })
  .meta({ id: 'QuarantinedItem' });
/** @public */
export type QuarantinedItem = z.infer<typeof QuarantinedItem>;
