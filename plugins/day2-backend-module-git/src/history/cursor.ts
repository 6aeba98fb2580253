import type { JsonObject } from '@backstage/types';
import { z } from 'zod';

/** Where reading a repository stands. */
export const GitCursor = z.object({
  role: z.enum(['gitops', 'application']),
  branch: z.string(),
  /** Last commit of the first-parent line that is done, with all it reaches. */
  sha: z.string().optional(),
  /** gitops: position given last along the line. */
  position: z.number().int(),
  /** Observations of the commit after `sha` that went out already. */
  sent: z.number().int().optional(),
  /** Grows with each rewritten history, each change of configuration and each reading anew: the version of observations. */
  generation: z.number().int(),
  /** Hash of the configuration that decides what is read. */
  settings: z.string(),
  /** Oldest commit of a history that was cut off. */
  shallowFrom: z.string().optional(),
  /** Told to read anew, and what holds no longer is not withdrawn yet. */
  reread: z.boolean().optional(),
  /** A former generation said something about these commits, too. */
  rereading: z.boolean().optional(),
  /** While rereading: newest commit of this line that a former generation had read. */
  readTo: z.string().optional(),
  /** When history was found rewritten, and how many commits were left behind. */
  rewritten: z.object({ at: z.number(), commits: z.number().int() }).optional(),
  /** The mirror was lost and what was rewritten meanwhile is not known. */
  lost: z.boolean().optional(),
  /** gitops: applications whose files moved, with their first keys. */
  moves: z.record(z.string(), z.string()).optional(),
  /** application: blob that lists the tags as they were said last, and how often they moved. */
  tags: z.string().optional(),
  tagsVersion: z.number().int().optional(),
  /** application: generation in which the tags, and what only they reach, were read. */
  tagsOf: z.number().int().optional(),
});
export type GitCursor = z.infer<typeof GitCursor>;

/** A cursor of ours, or nothing where it is of another kind or age. */
export function readCursor(
  cursor: JsonObject | undefined,
): GitCursor | undefined {
  const parsed = GitCursor.safeParse(cursor);
  return parsed.success ? parsed.data : undefined;
}

/** A cursor as the hub keeps it. */
export function writeCursor(cursor: GitCursor): JsonObject {
  return JSON.parse(JSON.stringify(cursor)) as JsonObject;
}
