/** A file as it was found, or why it was not. */
export type FoundFile =
  | { kind: 'text'; text: string; url?: string }
  | { kind: 'absent' }
  /** It may be there and well: what was read of it before stands. */
  | { kind: 'unreadable'; reason: string }
  /** It is there and cannot be taken in. */
  | { kind: 'refused'; reason: string; url?: string };

/** Files of a folder by their paths below it, or why they were not found. */
export type FoundFolder =
  | { kind: 'files'; files: Map<string, FoundFile>; more: boolean }
  | Exclude<FoundFile, { kind: 'text' }>;

/** Bytes of one file: five hundred objectives, more than an entity may have. */
export const MAX_FILE = 128_000;
/** Files of one entity. */
export const MAX_FILES = 50;
/** Bytes of all files of one entity. */
export const MAX_ENTITY = 512_000;

/** It is too large. */
export function tooLarge(url?: string): FoundFile {
  return { kind: 'refused', reason: 'is larger than 128 kB', url };
}
