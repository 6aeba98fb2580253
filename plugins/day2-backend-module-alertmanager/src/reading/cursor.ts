import { createHash } from 'node:crypto';
import type { JsonObject } from '@backstage/types';
import { z } from 'zod';
import type { InstanceConfig } from '../config';
import type { AlertFacts } from '../mapping/toIncident';

/** What is remembered of an alert that was listed, by its key. */
const Known = z.object({
  /** Version at which it was said last, and in which full reading. */
  v: z.number(),
  n: z.number(),
  /** When it would end if Alertmanager heard no more of it, as it was listed last: epoch milliseconds. */
  e: z.number().optional(),
  /** When a reading first missed it, and when one saw it last: epoch milliseconds. */
  missed: z.object({ at: z.number(), seenAt: z.number() }).optional(),
  /** What was said: it is said once more when it ends, since the API forgets it. */
  o: z.custom<AlertFacts>(value => typeof value === 'object'),
});
export type Known = z.infer<typeof Known>;

const Cursor = z.object({
  v: z.literal(1),
  /** Hash of the settings that observations depend on. */
  settings: z.string(),
  /** Number of the full reading that is under way or done. */
  reading: z.number(),
  /** When it was listed last: epoch milliseconds. */
  readAt: z.number().optional(),
  open: z.record(z.string(), Known),
});
/** Where the reading of an instance stands. */
export type AlertmanagerCursor = z.infer<typeof Cursor>;

/** Goes on from a cursor; says everything once more when asked to, or with other settings. */
export function openCursor(options: {
  cursor: JsonObject | undefined;
  reread?: boolean;
  settings: string;
}): AlertmanagerCursor {
  const { settings } = options;
  const parsed = Cursor.safeParse(options.cursor);
  if (!parsed.success) {
    return { v: 1, settings, reading: 1, open: {} };
  }
  const former = parsed.data;
  return options.reread || former.settings !== settings
    ? { ...former, settings, reading: former.reading + 1 }
    : former;
}

/** As JSON, with nothing that changes later. */
export function writeCursor(cursor: AlertmanagerCursor): JsonObject {
  return JSON.parse(JSON.stringify(cursor)) as JsonObject;
}

/** Hash of the settings that observations depend on. */
export function settingsOf(config: InstanceConfig): string {
  const { labels, environments } = config;
  return createHash('sha256')
    .update(
      JSON.stringify({ labels, environments }, (_, value) =>
        value instanceof RegExp ? value.source : value,
      ),
    )
    .digest('base64url')
    .slice(0, 12);
}
