import { z } from 'zod';

/**
 * A person as shown. Rows hold only `id`; the name lives in one table, which
 * can be erased, and is joined when read.
 *
 * @public
 */
export const Person = z
  .object({
    id: z.string(),
    name: z.string().optional().describe('absent where erased'),
    userRef: z
      .string()
      .optional()
      .describe('catalog user; absent where no one mapped this person'),
  })
  .meta({ id: 'Person' });

/** @public */
export type Person = z.infer<typeof Person>;
