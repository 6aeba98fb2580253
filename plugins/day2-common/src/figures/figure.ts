import { z } from 'zod';

/**
 * A figure as it is shown: never a bare number. `value` is absent where there
 * is too little to say, and `reason` then says how much there was.
 *
 * @public
 */
export const Figure = z
  .object({
    value: z.number().optional(),
    unit: z
      .string()
      .describe('what is counted or measured, e.g. deployments, seconds'),
    n: z.number().int().describe('from how many records'),
    coverage: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe('share of the records that could be measured'),
    reason: z
      .string()
      .optional()
      .describe('why there is no value, or what it leaves out'),
  })
  .meta({ id: 'Figure' });

/** @public */
export type Figure = z.infer<typeof Figure>;
