import type { FoundFile } from './FoundFile';
import type { FilesCursor } from './cursor';
import type { PlannedEntity } from './planEntities';

const DAY_MS = 86_400_000;
/** Entities of one batch. */
const BATCH = 20;
/** So often an entity is begun by itself before it is left out. */
const MAX_TRIES = 2;
/** Remembered at most. */
const MAX_STUCK = 100;

/** What is said of an entity that is left out. */
export const STUCK =
  'could not be read to their end: twice the portal stopped or ran out of time at them; they are left out until their entity changes, or for a day';

type Begun = NonNullable<FilesCursor['pass']>['begun'];

/**
 * What a run before began and never finished is read again one by one, and what
 * stops the process or takes all its time even so is left out: it would keep the
 * files of all others.
 */
export class Doubts {
  readonly #cursor: FilesCursor & { pass: NonNullable<FilesCursor['pass']> };
  readonly #begun: Begun;
  readonly #now: number;

  private constructor(options: {
    cursor: FilesCursor & { pass: NonNullable<FilesCursor['pass']> };
    now: number;
  }) {
    this.#cursor = options.cursor;
    this.#begun = options.cursor.pass.begun;
    this.#now = options.now;
  }

  /** @param options - `cursor`: as the run before left it; the doubts are kept in it */
  static open(options: {
    cursor: FilesCursor & { pass: NonNullable<FilesCursor['pass']> };
    planned: PlannedEntity[];
    now: number;
  }): Doubts {
    const { cursor, planned, now } = options;
    const doubts = new Doubts({ cursor, now });
    const { begun } = cursor.pass;
    const [first] = planned;
    for (const { ref, etag } of planned) {
      const known = cursor.stuck[ref];
      if (known && (known.etag !== etag || known.until <= now)) {
        delete cursor.stuck[ref];
      }
    }
    if (
      first &&
      begun?.upTo === first.ref &&
      begun.tries >= MAX_TRIES &&
      Object.keys(cursor.stuck).length < MAX_STUCK
    ) {
      cursor.stuck[first.ref] = { etag: first.etag, until: now + DAY_MS };
    }
    return doubts;
  }

  /** The next entities that are read at once; to be noted before they are. */
  next(planned: PlannedEntity[], at: number): PlannedEntity[] {
    const begun = this.#begun;
    const first = planned[at];
    const isDoubted = first && begun && first.ref <= begun.upTo;
    const group = planned.slice(at, at + (isDoubted ? 1 : BATCH));
    const upTo = group.at(-1)?.ref;
    if (upTo === undefined) {
      delete this.#cursor.pass.begun;
    } else {
      const isAgain = at === 0 && begun?.upTo === upTo && group.length === 1;
      const tries = isAgain ? begun.tries + 1 : 1;
      this.#cursor.pass.begun = { upTo, tries };
    }
    return group;
  }

  /** In place of the files of one that is left out. */
  filesOf(entity: PlannedEntity): Map<string, FoundFile> | undefined {
    const stuck = this.#cursor.stuck[entity.ref];
    return stuck && stuck.until > this.#now
      ? new Map([['SLO files', { kind: 'unreadable', reason: STUCK }]])
      : undefined;
  }
}
