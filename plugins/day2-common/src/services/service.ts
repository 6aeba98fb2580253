import { z } from 'zod';

/**
 * A catalog entity and what Git and the tools know of it (ITIL: configuration
 * item). `id` is our surrogate; entity refs are its aliases.
 *
 * @public
 */
export const Service = z
  .object({
    id: z.string(),
    ref: z.string().describe('entity ref, e.g. component:default/payments-api'),
    title: z.string(),
    type: z.string().optional(),
    lifecycle: z.string().optional(),
    owner: z.string().optional().describe('entity ref of the owner'),
    system: z.string().optional(),
    domain: z.string().optional(),
    tier: z.number().int().optional().describe('1 (most critical) to 4'),
    sandbox: z.boolean().optional().describe('data of the simulated company'),
  })
  .meta({ id: 'Service' });

/** @public */
export type Service = z.infer<typeof Service>;
