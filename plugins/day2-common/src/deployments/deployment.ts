import { z } from 'zod';
import { Person } from '../persons';

/** What the tool said of the roll-out; never changes afterwards. @public */
export const Rollout = z.enum(['succeeded', 'failed', 'cancelled', 'unknown']);
/** @public */
export type Rollout = z.infer<typeof Rollout>;

/**
 * What a deployment's finish is measured by, best first: healthy, synced,
 * provider success, a posted event, and the desired commit's landing where no
 * runtime source covers that service and environment.
 *
 * @public
 */
export const FinishBasis = z.enum([
  'healthy',
  'synced',
  'provider',
  'event',
  'desired',
]);
/** @public */
export type FinishBasis = z.infer<typeof FinishBasis>;

/** A word for the machine and a sentence for people. @public */
export const Reason = z
  .object({ code: z.string(), text: z.string() })
  .meta({ id: 'Reason' });
/** @public */
export type Reason = z.infer<typeof Reason>;

/** A commit in a repository. @public */
export const RevisionRef = z
  .object({
    repository: z.string(),
    sha: z.string(),
    url: z.string().optional(),
  })
  .meta({ id: 'RevisionRef' });
/** @public */
export type RevisionRef = z.infer<typeof RevisionRef>;

/**
 * A step on the way of a version: its application commit was made, a commit
 * asked for it, it was synced to its last target, and healthy there.
 *
 * @public
 */
export const DeploymentStage = z
  .object({
    name: z.enum(['commit', 'manifest', 'synced', 'healthy']),
    at: z.iso.datetime(),
    source: z.string().describe('id of the source that told of it'),
  })
  .meta({ id: 'DeploymentStage' });
/** @public */
export type DeploymentStage = z.infer<typeof DeploymentStage>;

/**
 * A version of a service reaching an environment. Instants are ISO 8601 in UTC.
 *
 * @public
 */
export const Deployment = z
  .object({
    id: z.string(),
    serviceRef: z.string(),
    environment: z.string(),
    version: z.string(),
    previousVersion: z.string().optional(),
    previousId: z.string().optional(),
    nextId: z
      .string()
      .optional()
      .describe('the one after it there; of one deployment, not in lists'),
    image: z.string().optional(),
    startedAt: z.iso.datetime().optional(),
    finishedAt: z.iso
      .datetime()
      .describe(
        'when it reached the last of its targets, those apart that came late',
      ),
    firstFinishedAt: z.iso.datetime().describe('when it reached the first'),
    basis: FinishBasis,
    targets: z.array(
      z.object({
        name: z.string(),
        finishedAt: z.iso.datetime(),
        rollout: Rollout,
        late: z
          .literal(true)
          .optional()
          .describe(
            'it came long after the others, as a new cluster does: no part of the finish, the roll-out, the outcome and the lead time',
          ),
      }),
    ),
    rollout: Rollout,
    outcome: z.enum(['ok', 'failed', 'undone']),
    outcomeReasons: z.array(Reason),
    rollback: z
      .object({ restoresId: z.string(), replacesId: z.string().optional() })
      .optional()
      .describe('set where the version equals an earlier, since replaced one'),
    unplanned: z.boolean().describe('a hotfix, revert or rollback'),
    unplannedReasons: z.array(Reason),
    manifestRevision: RevisionRef.optional(),
    applicationRevision: RevisionRef.optional(),
    applicationRevisionNote: z
      .string()
      .optional()
      .describe('how the application commit was found, or why not'),
    carried: z.object({
      count: z.number().int(),
      complete: z.boolean(),
      reason: z.string().optional(),
    }),
    actor: Person.optional(),
    url: z.string().optional(),
    title: z.string().optional(),
    sources: z.array(
      z.object({
        source: z.string(),
        key: z.string(),
        url: z.string().optional(),
        skipped: z
          .boolean()
          .optional()
          .describe(
            'Git asked for another version in it, and a later one was synced before that was: this deployment carried it',
          ),
      }),
    ),
    stages: z
      .array(DeploymentStage)
      .optional()
      .describe('the instants of its way that are known, in order'),
  })
  .meta({ id: 'Deployment' });

/** @public */
export type Deployment = z.infer<typeof Deployment>;

/** A commit of the application that a deployment carried. @public */
export const CarriedCommit = z
  .object({
    repository: z.string(),
    sha: z.string(),
    title: z.string(),
    author: Person.optional(),
    committedAt: z.iso.datetime(),
    isMerge: z.boolean(),
    leadSeconds: z
      .number()
      .optional()
      .describe(
        'finish of the deployment minus committer time, with the first deployment that brought it there',
      ),
    leadReason: Reason.optional().describe(
      'why the lead time is measured, or why not',
    ),
    issueKeys: z.array(z.string()),
    url: z.string().optional(),
    changeId: z.string().optional(),
  })
  .meta({ id: 'CarriedCommit' });
/** @public */
export type CarriedCommit = z.infer<typeof CarriedCommit>;
