import { z } from 'zod';
import { WhyEmpty } from '../figures';

/**
 * A page of a list: keyset pagination by an opaque cursor.
 *
 * @public
 */
export function pageOf<TItem extends z.ZodType>(item: TItem) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().optional().describe('absent on the last page'),
    asOf: z.iso
      .datetime()
      .optional()
      .describe('how old the answer is; absent where no source ever ran'),
    empty: WhyEmpty.optional().describe('set on an empty first page'),
  });
}

/** Query parameters of every list. @public */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
};

/** A half-open range of time `[from, to)`. @public */
export const rangeQuery = {
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
};
