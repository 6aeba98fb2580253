import type { JsonObject } from '@backstage/types';
import { z } from 'zod';

const Cursor = z.object({
  v: z.literal(1),
  /** Objectives that cannot be measured: since when (epoch milliseconds), and of some why. */
  failing: z.record(
    z.string(),
    z.object({ at: z.number(), why: z.string().optional() }),
  ),
  /** Those that were being asked for as all failed: they may be why. */
  suspects: z.array(z.string()),
  /** The hub was not told yet what of `failing` has changed. */
  news: z.boolean(),
});
/** What a source remembers: what is missing, the hub knows. */
export type PrometheusCursor = z.infer<typeof Cursor>;

/** Of a former run, or anew. */
export function openCursor(cursor: JsonObject | undefined): PrometheusCursor {
  const parsed = Cursor.safeParse(cursor);
  return parsed.success
    ? parsed.data
    : { v: 1, failing: {}, suspects: [], news: false };
}
