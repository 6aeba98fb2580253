import { z } from 'zod';
import { Rollout } from '../deployments';
import { plainText } from './plainText';
import { CREDENTIALS_REFUSED, hasCredentials } from './hasCredentials';

const Word = z
  .string()
  .regex(/^\P{Cc}*$/u, 'holds a control character, which no name has')
  // What turns the order of letters around shows another name than it is.
  .refine(
    text => plainText(text) === text && !/\p{Cs}/u.test(text),
    'holds a character that changes the direction of text, or half of one',
  );
const withoutCredentials = (text: string) => !hasCredentials(text);
// What an entity is called is said back where there is none: nothing of markup.
const EntityRef = z
  .string()
  .min(3)
  .max(500)
  .regex(
    /^[^:/\s<>"'&\p{Cc}]+:[^:/\s<>"'&\p{Cc}]+\/[^:/\s<>"'&\p{Cc}]+$/u,
    'must be a full entity ref such as component:default/payments-api',
  );

/**
 * A page people can open: http or https, without a user or password.
 *
 * @public
 */
export const PageUrl = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .refine(withoutCredentials, CREDENTIALS_REFUSED);

/**
 * Why a posted deployment was not planned, and, where it is known, the version
 * that failed: what it mends or takes back.
 *
 * @public
 */
export const UnplannedInput = z
  .object({
    as: z
      .enum(['hotfix', 'emergency', 'rollback', 'fix'])
      .describe('what whoever posts it calls it'),
    of: Word.min(1)
      .max(300)
      .optional()
      .describe('the version that failed, as it was recorded'),
  })
  .strict()
  .refine(({ as, of }) => as !== 'fix' || of !== undefined, {
    path: ['of'],
    message:
      'missing; a fix names the version that it fixes, or call it a hotfix',
  })
  .meta({ id: 'UnplannedInput' });
/** @public */
export type UnplannedInput = z.infer<typeof UnplannedInput>;

/**
 * Body of `POST /deployments`: a deployment that no GitOps reconciler makes.
 *
 * @public
 */
export const DeploymentInput = z
  .object({
    service: EntityRef,
    environment: Word.min(1).max(100),
    target: Word.min(1)
      .max(200)
      .optional()
      .describe('cluster, region, host or tenant'),
    version: Word.min(1).max(300),
    startedAt: z.iso.datetime({ offset: true }).optional(),
    finishedAt: z.iso.datetime({ offset: true }),
    rollout: Rollout.default('succeeded'),
    image: Word.max(500)
      .refine(withoutCredentials, CREDENTIALS_REFUSED)
      .optional(),
    revision: z
      .object({
        repository: Word.max(500)
          .refine(withoutCredentials, CREDENTIALS_REFUSED)
          .optional()
          .describe('name or URL; the service’s own where absent'),
        sha: z.string().regex(/^[0-9a-fA-F]{7,64}$/),
      })
      .optional()
      .describe('commit of the application'),
    actor: z
      .object({
        email: Word.max(320).optional(),
        name: Word.max(200).optional(),
      })
      .optional(),
    url: PageUrl.optional(),
    title: z.string().max(500).optional(),
    unplanned: UnplannedInput.optional().describe(
      'absent where it was planned',
    ),
  })
  .strict()
  .refine(({ unplanned, version }) => unplanned?.of !== version, {
    path: ['unplanned', 'of'],
    message:
      'is the version deployed itself; name the one that failed, or leave it out',
  })
  .meta({ id: 'DeploymentInput' });
/** @public */
export type DeploymentInput = z.infer<typeof DeploymentInput>;

/**
 * Body of `POST /events`: a CloudEvent in structured mode whose type is one of
 * CDEvents' service events (`dev.cdevents.service.deployed|upgraded|rolledback`).
 *
 * @public
 */
export const CdEventInput = z
  .object({
    specversion: z.string(),
    id: Word.min(1).max(300),
    source: Word.min(1).max(1000),
    type: Word.min(1).max(200),
    time: z.iso.datetime({ offset: true }).optional(),
    subject: Word.max(1000).optional(),
    datacontenttype: z.string().optional(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'CdEventInput' });
/** @public */
export type CdEventInput = z.infer<typeof CdEventInput>;

/** Answer of the writing routes. @public */
export const Accepted = z
  .object({
    key: z.string().describe('the idempotency key it was taken under'),
    repeated: z
      .boolean()
      .describe('the same was taken before; nothing changed'),
    deploymentId: z.string().optional(),
  })
  .meta({ id: 'Accepted' });
/** @public */
export type Accepted = z.infer<typeof Accepted>;
