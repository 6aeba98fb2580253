import { createHash } from 'node:crypto';
import type { JsonObject } from '@backstage/types';
import { z } from 'zod';
import type { AccountConfig } from '../config';

export const DAY_MS = 86_400_000;
const FIRST_SPAN_MS = DAY_MS;
/** The log is indexed a little late. */
export const OVERLAP_MS = 2 * 60_000;

/** Instants are epoch milliseconds. */
const Cursor = z.object({
  v: z.literal(1),
  /** Hash of the settings that observations depend on. */
  settings: z.string(),
  /** Where the reading began. */
  since: z.number(),
  /** What happened before is read. */
  mark: z.number(),
  /** The newest of the log that was met: by PagerDuty's clock. */
  met: z.number().optional(),
  /** When the mark was found to lie ahead of now. */
  putBackAt: z.number().optional(),
  /** How much is read at once; less where much happened. */
  span: z.number(),
  /** Incidents that were read, of which the log may still be met: up to when it was read. */
  done: z.record(z.string(), z.number()),
  /** Open ones: when they were updated last, and since when PagerDuty knows them no more. */
  open: z.record(
    z.string(),
    z.object({ u: z.number(), g: z.number().optional() }),
  ),
  /** At these PagerDuty failed: they are read again. */
  again: z.array(z.string()),
  /** When it was listed who is on call. */
  onCallAt: z.number().optional(),
  /** Hash of what was listed then, and the version at which it was said. */
  onCall: z.object({ hash: z.string(), version: z.number() }).optional(),
  notices: z.array(z.string()),
});
/** Where a reading of an account stands. */
export type PagerdutyCursor = z.infer<typeof Cursor>;

/** Goes on from a cursor, or begins anew: at first, when asked to and with other settings. */
export function openCursor(options: {
  cursor?: JsonObject;
  reread?: boolean;
  config: AccountConfig;
  now: number;
}): PagerdutyCursor {
  const { reread, config, now } = options;
  const settings = settingsOf(config);
  const parsed = Cursor.safeParse(options.cursor);
  if (parsed.success && !reread && parsed.data.settings === settings) {
    return putBack(parsed.data, now);
  }
  // What was read once is told again: further back than it is asked for now.
  const since = Math.min(
    parsed.success ? parsed.data.since : Infinity,
    now - config.sinceMs,
  );
  return {
    v: 1,
    settings,
    since,
    mark: since,
    met: since,
    span: FIRST_SPAN_MS,
    done: {},
    open: {},
    again: [],
    // What is said anew is above what was said.
    ...(parsed.success ? { onCall: parsed.data.onCall } : {}),
    notices: parsed.success ? parsed.data.notices : [],
  };
}

/**
 * A clock that was ahead has moved the mark to where nothing has happened yet: it
 * goes back to what PagerDuty itself told last.
 */
function putBack(cursor: PagerdutyCursor, now: number): PagerdutyCursor {
  const { since, mark } = cursor;
  // Releases before did not write it.
  const met = cursor.met ?? (mark > now ? since : mark + OVERLAP_MS);
  const told = Math.max(since, met - OVERLAP_MS);
  return mark > now && mark > told
    ? { ...cursor, met, mark: told, putBackAt: now }
    : { ...cursor, met };
}

/** As JSON, with nothing that changes later. */
export function writeCursor(cursor: PagerdutyCursor): JsonObject {
  return JSON.parse(JSON.stringify(cursor)) as JsonObject;
}

/** Hash of the settings that observations depend on: others, and all is read anew. */
function settingsOf(config: AccountConfig): string {
  const { token, everySeconds, webhookSecrets, ...rest } = config;
  return createHash('sha256')
    .update(
      JSON.stringify(rest, (_, value) =>
        value instanceof RegExp ? value.source : value,
      ),
    )
    .digest('base64url')
    .slice(0, 12);
}

/** Days of the past that are read. */
export function progressOf(
  { since, mark }: PagerdutyCursor,
  options: { now: number; isAll: boolean },
): { done: number; total: number; unit: string } {
  const { now, isAll } = options;
  const total = Math.max(1, Math.round((now - since) / DAY_MS));
  const done = Math.min(total, Math.floor((mark - since) / DAY_MS));
  return { done: isAll ? total : done, total, unit: 'days' };
}
