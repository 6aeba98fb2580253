import { z } from 'zod';

/**
 * How close to customers an environment is. `unknown` never counts as
 * production.
 *
 * @public
 */
export const EnvironmentTier = z.enum([
  'production',
  'staging',
  'testing',
  'development',
  'unknown',
]);

/** @public */
export type EnvironmentTier = z.infer<typeof EnvironmentTier>;

/**
 * An environment is a name on each row; its tier is configuration, joined when
 * read, so that re-tiering rewrites nothing.
 *
 * @public
 */
export const Environment = z
  .object({
    name: z.string(),
    tier: EnvironmentTier,
    targets: z
      .array(z.string())
      .optional()
      .describe('configured clusters, regions or tenants'),
  })
  .meta({ id: 'Environment' });

/** @public */
export type Environment = z.infer<typeof Environment>;
