import { createHash } from 'node:crypto';
import type { JsonObject } from '@backstage/types';
import { z } from 'zod';
import type { InstanceConfig } from '../config';

/** What is remembered of one application, by `namespace/name`. */
const Known = z.object({
  /** Of its item in the list, as it was when it was read. */
  h: z.string(),
  /** Its uid; absent where it could not be read. */
  u: z.string().optional(),
  /** In which full reading it was read last. */
  n: z.number(),
  /** Its project. */
  p: z.string().optional(),
  /** Argo CD refuses it now; it is kept as it was read last. */
  r: z.boolean().optional(),
  /** Since when it cannot be read, epoch milliseconds; and why. */
  s: z.number().optional(),
  w: z.enum(['refused', 'failed', 'unreadable']).optional(),
});
export type Known = z.infer<typeof Known>;

const Cursor = z.object({
  v: z.literal(1),
  /** Hash of the settings that observations depend on. */
  settings: z.string(),
  /** Number of the full reading that is under way or done. */
  reading: z.number(),
  /** When the last full reading was done: epoch milliseconds. Absent while one is under way. */
  fullAt: z.number().optional(),
  apps: z.record(z.string(), Known),
  /** Listed ones that Argo CD failed at when they were asked for last: when, epoch milliseconds, and its status. */
  failing: z
    .record(z.string(), z.object({ at: z.number(), e: z.number().optional() }))
    .default({}),
  notices: z.array(z.string()),
});
/** Where a reading of an instance stands. */
export type ArgocdCursor = z.infer<typeof Cursor>;

/** A new full reading after so long: what the list does not tell of, as conditions, shows then. */
const fullEveryMs = 60 * 60 * 1000;

/** Goes on from a cursor, or begins a full reading: at first, when asked to, with other settings and each hour. */
export function openCursor(options: {
  cursor: JsonObject | undefined;
  reread?: boolean;
  settings: string;
  now: number;
}): ArgocdCursor {
  const { reread, settings, now } = options;
  const parsed = Cursor.safeParse(options.cursor);
  if (!parsed.success) {
    return { v: 1, settings, reading: 1, apps: {}, failing: {}, notices: [] };
  }
  const former = parsed.data;
  const isDue =
    former.fullAt !== undefined && now - former.fullAt >= fullEveryMs;
  return reread || isDue || former.settings !== settings
    ? { ...former, settings, reading: former.reading + 1, fullAt: undefined }
    : former;
}

/** As JSON, with nothing that changes later. */
export function writeCursor(cursor: ArgocdCursor): JsonObject {
  return JSON.parse(JSON.stringify(cursor)) as JsonObject;
}

/** Hash of the settings that observations depend on: others, and all is read anew. */
export function settingsOf(config: InstanceConfig): string {
  const { credentials, everySeconds, ...rest } = config;
  return createHash('sha256')
    .update(
      JSON.stringify(rest, (_, value) =>
        value instanceof RegExp ? value.source : value,
      ),
    )
    .digest('base64url')
    .slice(0, 12);
}
