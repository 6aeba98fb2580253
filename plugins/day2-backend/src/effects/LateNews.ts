import type { Knex } from 'knex';
import { chunksOf, inTransaction } from '../database';
import { digestOf } from './digestOf';
import { GATHER_AT_MOST_MS } from './lateness';
import { lateRows, type LateRow } from './lateRows';
import { isPressing, OVER } from './newsOf';
import { toldStore } from './toldStore';

/**
 * What was learnt late, when its wait is over: what is over by then is told to
 * nobody; what goes on is told once, several to one owner at once.
 */
export class LateNews {
  readonly #database: Knex;
  readonly #now: () => number;

  private constructor(options: LateNewsOptions) {
    this.#database = options.database;
    this.#now = options.now;
  }

  static create(options: LateNewsOptions): LateNews {
    return new LateNews(options);
  }

  /** Has it told as anything else, or not at all; or waits on, where more came. */
  async gather(effect: string): Promise<void> {
    await inTransaction(this.#database, async transaction => {
      const now = this.#now();
      const rows = await lateRows.of(transaction, effect);
      if (rows.length === 0) {
        return;
      }
      const last = Math.min(
        Math.max(...rows.map(({ next_at }) => next_at)),
        Math.min(...rows.map(({ learnt_at }) => learnt_at)) + GATHER_AT_MOST_MS,
      );
      const ids = rows.map(({ id }) => id);
      const late = { is_late: true };
      // Further ahead it was put by a clock that was.
      if (last > now && last <= now + GATHER_AT_MOST_MS) {
        await lateRows.update(transaction, ids, { next_at: last }, late);
        return;
      }
      // Locks them: another that gathers the same finds none late any more.
      await lateRows.update(
        transaction,
        ids,
        { is_late: false, next_at: now },
        late,
      );
      const open = await this.#stillOpen({ transaction, effect, rows });
      await this.#fold({ transaction, effect, rows: open });
    });
  }

  /** Of each record the last word; those that are over by now are told to nobody. */
  async #stillOpen(options: {
    transaction: Knex.Transaction;
    effect: string;
    rows: LateRow[];
  }): Promise<LateRow[]> {
    const { transaction, effect, rows } = options;
    const open: LateRow[] = [];
    const outdated: string[] = [];
    const records = [...new Set(rows.map(({ record_id }) => record_id))];
    for (const chunk of chunksOf(records)) {
      const pending = await lateRows.read(
        transaction('effect')
          .where({ effect, state: 'pending' })
          .whereIn('record_id', chunk),
      );
      const told = new Set<string>(
        await transaction('effect')
          .where({ effect, state: 'done' })
          .whereIn('record_id', chunk)
          .pluck('record_id'),
      );
      for (const record of chunk) {
        const words = pending.filter(({ record_id }) => record_id === record);
        if (isPressing(words[words.length - 1].request.to)) {
          open.push(...words);
          continue;
        }
        const { from } = words[0].request;
        const wasOver = from !== undefined && OVER.has(from);
        // Who was told of it before, and not that it ended, is told that alone.
        const left = words.filter(
          ({ request }) =>
            !told.has(record) || wasOver || isPressing(request.to),
        );
        outdated.push(...left.map(({ id }) => id));
        if (!told.has(record)) {
          await toldStore.remove(transaction, { effect, recordId: record });
        }
      }
    }
    await lateRows.update(transaction, outdated, { state: 'outdated' });
    return open;
  }

  /** To an owner of several one digest; what one owner has alone is told as it is. */
  async #fold(options: {
    transaction: Knex.Transaction;
    effect: string;
    rows: LateRow[];
  }): Promise<void> {
    const { transaction, effect, rows } = options;
    const owners = await lateRows.owners(
      transaction,
      rows.flatMap(({ request }) => request.services),
    );
    const ownerOf = (ref: string) => owners.get(ref) ?? ref;
    const byOwner = new Map<string, LateRow[]>();
    for (const row of rows) {
      const { kind, services } = row.request;
      for (const owner of new Set(services.map(ownerOf))) {
        const key = `${kind} ${owner}`;
        byOwner.set(key, [...(byOwner.get(key) ?? []), row]);
      }
    }
    const isFolded = ({ request }: LateRow, ref: string) =>
      new Set(
        byOwner
          .get(`${request.kind} ${ownerOf(ref)}`)
          ?.map(({ record_id }) => record_id),
      ).size > 1;
    const now = this.#now();
    for (const [key, all] of byOwner) {
      const [first] = all;
      const mine = (ref: string) =>
        `${first.request.kind} ${ownerOf(ref)}` === key;
      if (
        first.request.services.some(ref => mine(ref) && isFolded(first, ref))
      ) {
        const digest = digestOf(
          effect,
          // Of each record the last word.
          [
            ...new Map(all.map(row => [row.record_id, row.request])).values(),
          ].map(request => ({
            ...request,
            services: request.services.filter(mine),
          })),
        );
        await transaction('effect')
          .insert({
            id: digest.idempotencyKey,
            effect,
            record_id: digest.recordId,
            learnt_at: now,
            request: JSON.stringify(digest),
            state: 'pending',
            next_at: now,
          })
          .onConflict('id')
          .ignore();
      }
    }
    for (const row of rows) {
      const services = row.request.services.filter(ref => !isFolded(row, ref));
      await lateRows.update(
        transaction,
        [row.id],
        services.length === 0
          ? { state: 'done', error: null }
          : { request: JSON.stringify({ ...row.request, services }) },
      );
    }
  }
}

/** What it needs. */
export interface LateNewsOptions {
  database: Knex;
  now: () => number;
}
