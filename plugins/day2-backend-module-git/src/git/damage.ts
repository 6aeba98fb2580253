import { GitFailure } from './GitFailure';

/** Objects, refs or files of the mirror itself are missing or spoilt. */
export class DamagedMirror extends Error {
  constructor() {
    super('the mirror is damaged');
    this.name = 'DamagedMirror';
  }
}

const words =
  /not a git repository|bad object|missing (blob|tree|commit|tag|object)|missing object|object file .* is empty|corrupt|unable to (read|parse|unpack|resolve|find|map)|inflate|data stream error|incorrect data check|invalid sha1 pointer|bad config|bad numeric|bad signature|bad tree|could not (parse|open|get|read)|cannot be read|packfile|pack-file|index file|too small|broken|invalid HEAD|bad ref|failed to (read|traverse)|expected git repo version|invalid object|loose object|reference .* (broken|not a)/i;

/** A full disk, a lock or a folder that is closed to us is no damage. */
const otherWords =
  /permission denied|operation not permitted|dubious ownership|read-only|no space|quota|allocate|out of memory|mmap failed|\.lock'|too many open files/i;

/**
 * Whether a failed call that only read the mirror tells that it is damaged. Of
 * calls that ask a server it cannot be told this way.
 */
export function isDamage(error: unknown): boolean {
  return (
    error instanceof DamagedMirror ||
    (error instanceof GitFailure &&
      error.reason === 'failed' &&
      words.test(error.stderr) &&
      !otherWords.test(error.stderr))
  );
}
