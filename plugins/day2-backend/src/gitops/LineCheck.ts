import type { RevisionDescription } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { chunksOf, inTransaction, toNumber } from '../database';
import type { KnownMirror } from './Mirrors';

const REVISIONS_PER_CALL = 200;

interface RevisionRow {
  repository: string;
  sha: string;
  position: string | number | null;
}

/**
 * Keeps the places of revisions along a branch true: a deeper clone counts from
 * an earlier beginning, rewritten history leaves commits out, and what was on
 * another branch may have come onto this one.
 */
export class LineCheck {
  readonly #database: Knex;

  private constructor(database: Knex) {
    this.#database = database;
  }

  static create(options: { database: Knex }): LineCheck {
    return new LineCheck(options.database);
  }

  /**
   * Corrects places that are others by now. Not to be called within a transaction.
   *
   * @returns whether any was
   * @throws SourceError where the mirror cannot be read
   */
  async check(options: {
    mirror: KnownMirror;
    signal: AbortSignal;
  }): Promise<boolean> {
    const { mirror, signal } = options;
    const own = () =>
      this.#database('git_revision').where('mirror', mirror.name);
    // What is before a commit never changes: while the furthest one stands
    // where it stood, so do all before it.
    const furthest: RevisionRow[] = await own()
      .whereNotNull('position')
      .orderBy('position', 'desc')
      .limit(1);
    const beside: RevisionRow[] = await own()
      .whereNull('position')
      .orderBy([{ column: 'committed_at', order: 'desc' }, 'sha'])
      .limit(REVISIONS_PER_CALL - 1);
    const asked = [...furthest, ...beside];
    if (asked.length === 0) {
      return false;
    }
    const answers = await describe(mirror, asked, signal);
    const isSame = furthest.every(
      (row, index) => answers[index]?.position === toNumber(row.position),
    );
    if (isSame) {
      return await this.#correct(asked, answers);
    }
    const all: RevisionRow[] = await own().orderBy(['repository', 'sha']);
    const found: (RevisionDescription | undefined)[] = [];
    for (const chunk of chunksOf(all, REVISIONS_PER_CALL)) {
      found.push(...(await describe(mirror, chunk, signal)));
    }
    // Without a mirror on this machine nothing follows of what it lacks.
    return found.some(Boolean) && (await this.#correct(all, found));
  }

  async #correct(
    rows: RevisionRow[],
    answers: (RevisionDescription | undefined)[],
  ): Promise<boolean> {
    const other = rows.flatMap(({ repository, sha, position }, index) => {
      const now = answers[index]?.position ?? null;
      return now === (toNumber(position as number | null) ?? null)
        ? []
        : [{ repository, sha, position: now }];
    });
    if (other.length > 0) {
      await inTransaction(this.#database, async transaction => {
        for (const { repository, sha, position } of other) {
          await transaction('git_revision')
            .where({ repository, sha })
            .update({ position });
        }
      });
    }
    return other.length > 0;
  }
}

async function describe(
  { reader }: KnownMirror,
  rows: RevisionRow[],
  signal: AbortSignal,
): Promise<(RevisionDescription | undefined)[]> {
  return await reader.describe({
    revisions: rows.map(({ sha }) => ({ sha, paths: [] })),
    signal,
  });
}
