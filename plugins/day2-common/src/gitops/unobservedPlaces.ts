import { z } from 'zod';

/** Where applications are whose state is not known for one and the same reason. @public */
export const UnobservedPlaces = z
  .object({
    where: z.string().describe('e.g. production us-1, staging us-1'),
    why: z.string().describe('in a sentence, without an instant'),
    since: z.iso.datetime().optional().describe('of the first of them'),
  })
  .meta({ id: 'UnobservedPlaces' });
/** @public */
export type UnobservedPlaces = z.infer<typeof UnobservedPlaces>;
