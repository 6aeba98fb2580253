import { z } from 'zod';

/** What an effect still has to tell on the outside, and could not. @public */
export const EffectStanding = z
  .object({
    id: z.string().describe('e.g. notifications'),
    waiting: z.number().int().describe('still to be told, or told again'),
    givenUp: z
      .number()
      .int()
      .describe('could not be told while it was news; of the last 30 days'),
    lastError: z
      .object({ text: z.string(), at: z.iso.datetime() })
      .optional()
      .describe(
        'of what was learnt last; its own words, secrets removed, for who may manage sources',
      ),
  })
  .meta({ id: 'EffectStanding' });
/** @public */
export type EffectStanding = z.infer<typeof EffectStanding>;
