import { z } from 'zod';
import { Reason } from '../deployments/deployment';
import { Person } from '../persons';

/**
 * Desired against live in one word (metrics.md, "Sync and drift"): `pending`
 * where Git asks for something else than was synced last, `drifted` where it
 * asks for the same and live differs all the same, `out-of-sync` where the two
 * cannot be told apart: the repository is not read, or a part is elsewhere.
 *
 * @public
 */
export const SyncState = z.enum([
  'synced',
  'pending',
  'drifted',
  'out-of-sync',
  'unknown',
]);
/** @public */
export type SyncState = z.infer<typeof SyncState>;

/** How what runs is doing: the second word beside the sync state. @public */
export const HealthState = z.enum([
  'healthy',
  'progressing',
  'degraded',
  'suspended',
  'missing',
  'unknown',
]);
/** @public */
export type HealthState = z.infer<typeof HealthState>;

/** Where an application's desired state comes from. @public */
export const ApplicationOriginState = z
  .object({
    repository: z.string(),
    path: z.string().optional(),
    chart: z.string().optional(),
    targetRevision: z.string().optional(),
    desiredRevision: z.string().optional(),
    desiredUrl: z.string().optional(),
    syncedRevision: z.string().optional(),
    syncedUrl: z.string().optional(),
    mirrored: z
      .boolean()
      .describe('a Git source reads it, so that revisions can be compared'),
  })
  .meta({ id: 'ApplicationOriginState' });
/** @public */
export type ApplicationOriginState = z.infer<typeof ApplicationOriginState>;

/** A resource of an application that differs, is to be pruned or is not healthy. @public */
export const ResourceState = z
  .object({
    group: z.string().optional(),
    kind: z.string(),
    namespace: z.string().optional(),
    name: z.string(),
    sync: z.enum(['synced', 'out-of-sync', 'unknown']).optional(),
    health: HealthState.optional(),
    requiresPruning: z.boolean(),
  })
  .meta({ id: 'ResourceState' });
/** @public */
export type ResourceState = z.infer<typeof ResourceState>;

/**
 * An application of a GitOps controller: desired against live, as of the last
 * reading. Instants are ISO 8601 in UTC.
 *
 * @public
 */
export const ApplicationState = z
  .object({
    id: z.string(),
    name: z.string(),
    project: z.string().optional(),
    serviceRefs: z.array(z.string()).describe('those the caller may see'),
    environment: z.string().optional(),
    target: z.string().optional(),
    sync: SyncState,
    syncReasons: z.array(Reason).describe('why that word'),
    failing: z.boolean().describe('the last operation on it failed'),
    pruneOnly: z.boolean().describe('only removals are left to do'),
    health: HealthState,
    healthMessage: z.string().optional(),
    automated: z.boolean(),
    selfHeal: z.boolean(),
    origins: z.array(ApplicationOriginState),
    operation: z
      .object({
        phase: z.enum([
          'running',
          'succeeded',
          'failed',
          'error',
          'terminating',
        ]),
        startedAt: z.iso.datetime().optional(),
        finishedAt: z.iso.datetime().optional(),
        message: z.string().optional(),
        actor: Person.optional(),
        automated: z.boolean(),
        limitedTo: z
          .enum(['chosen-resources', 'dry-run'])
          .optional()
          .describe('it was no sync of the whole: `syncedAt` is of another'),
        revisions: z.array(z.string()),
      })
      .optional()
      .describe('the last one; the tool keeps no other'),
    conditions: z.array(
      z.object({
        type: z.string(),
        message: z.string(),
        at: z.iso.datetime().optional(),
      }),
    ),
    resources: z.array(ResourceState).describe('at most 200'),
    resourceCount: z.number().int(),
    images: z.array(z.string()),
    syncedAt: z.iso.datetime().optional(),
    comparedAt: z.iso
      .datetime()
      .optional()
      .describe(
        'when the tool itself had compared last, as of the last reading in full: up to an hour before asOf',
      ),
    asOf: z.iso
      .datetime()
      .optional()
      .describe('last success of the source that told it'),
    stale: z
      .boolean()
      .describe('not read for twice the interval: the sync word is unknown'),
    source: z.object({ id: z.string(), title: z.string() }),
    url: z.string().optional(),
  })
  .meta({ id: 'ApplicationState' });
/** @public */
export type ApplicationState = z.infer<typeof ApplicationState>;
