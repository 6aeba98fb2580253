import { z } from 'zod';

/**
 * Why a card shows nothing, and what to do about it.
 *
 * @public
 */
export const WhyEmpty = z
  .object({
    reason: z.enum([
      'annotation-missing',
      'source-not-configured',
      'not-read-yet',
      'credential-refused',
      'source-unreachable',
      'forbidden',
      'nothing-found',
    ]),
    text: z.string().describe('the reason in a sentence'),
    since: z.iso.datetime().optional(),
    fix: z
      .object({
        text: z.string(),
        annotation: z.object({ key: z.string(), value: z.string() }).optional(),
        config: z.string().optional().describe('app-config.yaml to copy'),
        docs: z.string().optional().describe('page of the documentation'),
      })
      .optional(),
  })
  .meta({ id: 'WhyEmpty' });

/** @public */
export type WhyEmpty = z.infer<typeof WhyEmpty>;
