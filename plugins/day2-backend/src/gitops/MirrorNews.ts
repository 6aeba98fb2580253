import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { hashOf, inTransaction, readState, writeState } from '../database';
import { markAllApplications, markRolloutsDirty } from './dirtyApplications';
import { LineCheck } from './LineCheck';
import type { KnownMirror, Mirrors } from './Mirrors';

/**
 * Has what was judged without some of a repository judged anew once its source
 * has read more of it: revisions that were lacking are looked for, and places
 * along the branch are asked for again where it is another one than before.
 */
export class MirrorNews {
  readonly #options: MirrorNewsOptions;
  readonly #line: LineCheck;

  private constructor(options: MirrorNewsOptions) {
    this.#options = options;
    this.#line = LineCheck.create(options);
  }

  static create(options: MirrorNewsOptions): MirrorNews {
    return new MirrorNews(options);
  }

  /** @returns of how many repositories there was news */
  async take(signal: AbortSignal): Promise<number> {
    const { database, mirrors, logger } = this.#options;
    const known = mirrors().all;
    const rows: { id: string; cursor: string | null }[] = await database(
      'source',
    )
      .whereIn(
        'id',
        known.map(({ source }) => source),
      )
      .whereNotNull('cursor')
      .select('id', 'cursor');
    const cursors = new Map(rows.map(row => [row.id, hashOf(row.cursor)]));
    let taken = 0;
    for (const mirror of known) {
      const read = cursors.get(mirror.source);
      const key = `mirror:${hashOf(mirror.source).slice(0, 40)}`;
      const before = await readState(database, key);
      if (read === undefined || read === before) {
        continue;
      }
      try {
        await this.#takeOf({ mirror, isFirst: before === undefined, signal });
      } catch (error) {
        signal.throwIfAborted();
        logger.warn('A mirror could not be asked what is new', {
          repository: mirror.name,
          error: String(error),
        });
        continue;
      }
      // Last, so that a crash before it repeats the rest.
      await writeState(database, key, read);
      taken += 1;
    }
    return taken;
  }

  async #takeOf(options: {
    mirror: KnownMirror;
    isFirst: boolean;
    signal: AbortSignal;
  }): Promise<void> {
    const { database, now } = this.#options;
    const isOther = await this.#line.check(options);
    await inTransaction(database, async transaction => {
      if (isOther) {
        await markRolloutsDirty(transaction, now());
      }
      if (isOther || options.isFirst) {
        await markAllApplications(transaction, now());
        return;
      }
      await transaction('application')
        .where('look_again_at', '>', now())
        .update({ look_again_at: now() });
    });
  }
}

/** What it needs. */
export interface MirrorNewsOptions {
  database: Knex;
  mirrors: () => Mirrors;
  logger: LoggerService;
  now: () => number;
}
