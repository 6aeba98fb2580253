import { z } from 'zod';
import { Reason } from '../deployments/deployment';
import { Person } from '../persons';

/** One field of desired state that went from one value to another. @public */
export const FieldChange = z
  .object({
    file: z.string(),
    resource: z
      .string()
      .optional()
      .describe('kind/name, e.g. Deployment/payments-api'),
    field: z.string().describe('path within the document, e.g. spec.replicas'),
    from: z.string().optional().describe('absent where the field was added'),
    to: z.string().optional().describe('absent where the field was removed'),
    environment: z.string().optional(),
    target: z.string().optional(),
  })
  .meta({ id: 'FieldChange' });
/** @public */
export type FieldChange = z.infer<typeof FieldChange>;

/**
 * What a change is of: the application's code, the desired configuration, the
 * desired version, or an event posted by hand or machine.
 *
 * @public
 */
export const ChangeKind = z.enum(['code', 'configuration', 'version', 'event']);
/** @public */
export type ChangeKind = z.infer<typeof ChangeKind>;

/**
 * Something done to a service: here a commit to the default branch of its
 * application repository or to a GitOps branch (ITIL: change).
 *
 * @public
 */
export const Change = z
  .object({
    id: z.string(),
    kind: ChangeKind,
    title: z.string(),
    message: z.string().optional(),
    at: z.iso.datetime().describe('when it landed: committer time'),
    state: z.enum(['implemented', 'superseded']),
    supersededReason: z.string().optional(),
    authors: z
      .array(Person)
      .describe('everyone who wrote it, co-authors included'),
    repository: z.string().optional(),
    sha: z.string().optional(),
    url: z.string().optional(),
    issueKeys: z.array(z.string()),
    pullRequest: z
      .string()
      .optional()
      .describe('number as the commit message names it'),
    isMerge: z.boolean(),
    reverts: z.string().optional().describe('sha of the commit it reverts'),
    revertedBy: z
      .string()
      .optional()
      .describe('sha of the commit that reverted it'),
    emergency: z.boolean(),
    emergencyReasons: z.array(Reason),
    fields: z.array(FieldChange),
    fieldCount: z
      .number()
      .int()
      .describe('all that the caller may see, where `fields` is cut'),
    hiddenFieldCount: z
      .number()
      .int()
      .optional()
      .describe(
        'fields it moved of services that the caller may not see; absent where there are none',
      ),
    services: z.array(
      z.object({
        ref: z.string(),
        environment: z.string().optional(),
        via: z.string().describe('what tied it to the service, in words'),
      }),
    ),
    deploymentIds: z.array(z.string()).describe('deployments that carried it'),
  })
  .meta({ id: 'Change' });
/** @public */
export type Change = z.infer<typeof Change>;
