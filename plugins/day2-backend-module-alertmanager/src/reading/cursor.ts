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
  /** When it was sent last, as it was listed last: epoch milliseconds. */
  u: z.number().optional(),
  /** When a reading first missed it, and when one saw it last: epoch milliseconds. */
  missed: z
    .object({
      at: z.number(),
      seenAt: z.number(),
      /** Too many were missed at once. */
      isOneOfMany: z.boolean().optional(),
    })
    .optional(),
  /** Of what was said as it was listed; empty of what the webhook alone has told. */
  h: z.string().default(''),
});
export type Known = z.infer<typeof Known>;

/** As releases before wrote it: with all that was said. */
const Former = z.object({
  o: z.custom<AlertFacts>(value => typeof value === 'object' && value !== null),
});

const Cursor = z.object({
  v: z.literal(1),
  /** Hash of the settings that observations depend on. */
  settings: z.string(),
  /** Hash of whom it is that was read. */
  origin: z.string().optional(),
  /** Number of the full reading that is under way or done. */
  reading: z.number(),
  /** When it was listed last: epoch milliseconds. */
  readAt: z.number().optional(),
  /** What was delivered before is of another Alertmanager: epoch milliseconds. */
  since: z.number().default(0),
  open: z.record(z.string(), z.preprocess(withHash, Known)),
});
/** Where the reading of an instance stands. */
export type AlertmanagerCursor = z.infer<typeof Cursor>;

/**
 * Goes on from a cursor; says everything once more when asked to, or with other
 * settings. Of another Alertmanager, or another tenant, nothing is known: what
 * it does not list has not ended.
 */
export function openCursor(options: {
  cursor: JsonObject | undefined;
  reread?: boolean;
  config: InstanceConfig;
  now: number;
}): AlertmanagerCursor {
  const { reread, config, now } = options;
  const settings = settingsOf(config);
  const origin = originOf(config);
  const parsed = Cursor.safeParse(options.cursor);
  if (!parsed.success) {
    return { v: 1, settings, origin, reading: 1, since: 0, open: {} };
  }
  const former = parsed.data;
  const reading = former.reading + 1;
  if (former.origin !== undefined && former.origin !== origin) {
    return { v: 1, settings, origin, reading, since: now, open: {} };
  }
  return reread || former.settings !== settings
    ? { ...former, settings, origin, reading }
    : { ...former, origin };
}

/** Tells what is said of an alert from what was: of its facts as they are listed. */
export function hashOfFacts(facts: AlertFacts): string {
  return createHash('sha256')
    .update(JSON.stringify(facts))
    .digest('base64url')
    .slice(0, 16);
}

function withHash(value: unknown): unknown {
  const { data } = Former.safeParse(value);
  return data ? { ...(value as object), h: hashOfFacts(data.o) } : value;
}

/** As JSON, with nothing that changes later. */
export function writeCursor(cursor: AlertmanagerCursor): JsonObject {
  return JSON.parse(JSON.stringify(cursor)) as JsonObject;
}

function settingsOf({ labels, environments }: InstanceConfig): string {
  return hashOf({ labels, environments });
}

/** A credential that is changed makes no other Alertmanager of it. */
function originOf({ url, headers }: InstanceConfig): string {
  const { authorization, ...rest } = headers;
  return hashOf([url, Object.entries(rest).sort()]);
}

function hashOf(settings: unknown): string {
  return createHash('sha256')
    .update(
      JSON.stringify(settings, (_, value) =>
        value instanceof RegExp ? value.source : value,
      ),
    )
    .digest('base64url')
    .slice(0, 12);
}
