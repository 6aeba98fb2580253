import { z } from 'zod';
import { Rollout } from '../deployments';

const EntityRef = z
  .string()
  .min(3)
  .max(500)
  .regex(
    /^[^:/\s]+:[^:/\s]+\/[^:/\s]+$/,
    'must be a full entity ref such as component:default/payments-api',
  );

/**
 * Body of `POST /deployments`: a deployment that no GitOps reconciler makes.
 *
 * @public
 */
export const DeploymentInput = z
  .object({
    service: EntityRef,
    environment: z.string().min(1).max(100),
    target: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('cluster, region, host or tenant'),
    version: z.string().min(1).max(300),
    startedAt: z.iso.datetime({ offset: true }).optional(),
    finishedAt: z.iso.datetime({ offset: true }),
    rollout: Rollout.default('succeeded'),
    image: z.string().max(500).optional(),
    revision: z
      .object({
        repository: z
          .string()
          .max(500)
          .optional()
          .describe('name or URL; the service’s own where absent'),
        sha: z.string().regex(/^[0-9a-fA-F]{7,64}$/),
      })
      .optional()
      .describe('commit of the application'),
    actor: z
      .object({
        email: z.string().max(320).optional(),
        name: z.string().max(200).optional(),
      })
      .optional(),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .optional(),
    title: z.string().max(500).optional(),
  })
  .strict()
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
    id: z.string().min(1).max(300),
    source: z.string().min(1).max(1000),
    type: z.string().min(1).max(200),
    time: z.iso.datetime({ offset: true }).optional(),
    subject: z.string().max(1000).optional(),
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
