import { z } from 'zod';
import { SourceErrorCode } from './sourceStatus';

/**
 * How the sources stand that an answer rests on. Who may not read sources
 * (`day2.source.read`) is told of those that feed none of what they asked for
 * how they stand, and neither name nor words. @public
 */
export const SourcesStanding = z
  .object({
    total: z.number().int(),
    fine: z.number().int(),
    reading: z
      .array(z.string())
      .describe(
        'titles of those never read to their end yet: what is answered is not all there was',
      ),
    problems: z
      .array(
        z.object({
          source: z.string(),
          title: z.string(),
          code: SourceErrorCode,
          text: z.string(),
          since: z.iso.datetime().optional(),
        }),
      )
      .describe('those that fail, and why'),
  })
  .meta({ id: 'SourcesStanding' });
/** @public */
export type SourcesStanding = z.infer<typeof SourcesStanding>;
