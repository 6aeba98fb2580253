import type { JsonObject } from '@backstage/types';
import { z } from 'zod';

const Cursor = z.object({
  v: z.literal(1),
  /** The pass under way: up to which entity it has come, how many it has looked beside. */
  pass: z
    .object({
      id: z.string(),
      at: z.string(),
      looked: z.number(),
      /** Why files could not be read, without their names; and how many. */
      problems: z.array(z.string()),
      unreadable: z.number(),
      /** What was being read, up to this entity, and how often it was begun. */
      begun: z.object({ upTo: z.string(), tries: z.number() }).optional(),
    })
    .optional(),
  /** The last entity beside whose file was looked, so that all have their turn. */
  looked: z.string(),
  /** Keys said of each entity, without its ref. */
  keys: z.record(z.string(), z.array(z.string())),
  /**
   * Entities whose reading has never come to an end: left out until they change,
   * or until then.
   */
  stuck: z
    .record(z.string(), z.object({ etag: z.string(), until: z.number() }))
    .default({}),
});
/** Where a reading of all files stands. */
export type FilesCursor = z.infer<typeof Cursor>;

/** Goes on, or begins a pass. */
export function openCursor(options: {
  cursor?: JsonObject;
  reread?: boolean;
  now: number;
}): FilesCursor & { pass: NonNullable<FilesCursor['pass']> } {
  const parsed = Cursor.safeParse(options.cursor);
  const former = parsed.success
    ? parsed.data
    : { v: 1 as const, looked: '', keys: {}, stuck: {} };
  const begun =
    parsed.success && !options.reread ? parsed.data.pass : undefined;
  return {
    ...former,
    ...(options.reread ? { stuck: {} } : {}),
    pass: begun ?? {
      id: `files-${options.now}`,
      at: '',
      looked: 0,
      problems: [],
      unreadable: 0,
    },
  };
}

/** As JSON, with nothing that changes later. */
export function writeCursor(cursor: FilesCursor): JsonObject {
  return JSON.parse(JSON.stringify(cursor)) as JsonObject;
}
