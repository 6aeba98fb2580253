import {
  cellOf,
  DAY_MS,
  isEmptyCell,
  utcDayOf,
  type KeptDelivery,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { chunksOf, inTransaction } from '../database';
import type { DeriveFailures } from '../derive/DeriveFailures';
import { WorkQueue, type Claim } from '../derive/WorkQueue';
import { cellToRow, type CellKey, type CellRow } from './cellRow';
import { deliveryFromRow, type DeliveryRow } from './deliveryRow';

const CELLS_PER_CHUNK = 100;

type Key = { service_id: string; environment: string; day: number };
type CellClaim = Claim<Key>;

/** Computes the cells that are marked, from rows, a chunk at a time. */
export class CellWorker {
  readonly #database: Knex;
  readonly #queue: WorkQueue<Key>;
  readonly #failures: DeriveFailures;

  private constructor(options: CellWorkerOptions) {
    this.#database = options.database;
    this.#failures = options.failures;
    this.#queue = WorkQueue.create({
      ...options,
      table: 'dirty_delivery_cell',
      columns: ['service_id', 'environment', 'day'],
    });
  }

  static create(options: CellWorkerOptions): CellWorker {
    return new CellWorker(options);
  }

  async pending(): Promise<number> {
    return this.#queue.pending();
  }

  /** @returns how many cells were worked on; 0 where none is free */
  async runChunk(): Promise<number> {
    const claims = await this.#queue.claim(CELLS_PER_CHUNK);
    if (claims.length === 0) {
      return 0;
    }
    try {
      await this.#work(claims);
    } catch (error) {
      await this.#oneByOne(claims, error);
    }
    return claims.length;
  }

  /** Finds those that cannot be done, so that they keep none of the others. */
  async #oneByOne(claims: CellClaim[], whole: unknown): Promise<void> {
    for (const claim of claims) {
      try {
        if (claims.length === 1) {
          throw whole;
        }
        await this.#work([claim]);
      } catch (error) {
        const until = await this.#failures.note({
          queue: 'delivery',
          key: nameOf(claim.key),
          error,
        });
        await this.#queue.postpone(claim, until);
      }
    }
  }

  async #work(claims: CellClaim[]): Promise<void> {
    // One order everywhere, so that replicas do not wait for each other.
    const sorted = [...claims].sort((a, b) =>
      nameOf(a.key) < nameOf(b.key) ? -1 : 1,
    );
    const deliveries = await this.#deliveries(sorted);
    const left = await inTransaction(this.#database, async transaction => {
      const again: CellClaim[] = [];
      const done: CellKey[] = [];
      const rows: CellRow[] = [];
      for (const claim of sorted) {
        // Marked again since the rows were read: somebody has to read anew.
        if (!(await this.#queue.finish(transaction, claim))) {
          again.push(claim);
          continue;
        }
        const cell = cellOf(deliveries.get(nameOf(claim.key)) ?? []);
        done.push(claim.key);
        if (!isEmptyCell(cell)) {
          rows.push(cellToRow(claim.key, cell));
        }
      }
      for (const chunk of chunksOf(done)) {
        await transaction('delivery_cell')
          .whereIn(
            ['service_id', 'environment', 'day'],
            chunk.map(key => [key.service_id, key.environment, key.day]),
          )
          .delete();
      }
      for (const chunk of chunksOf(rows, 50)) {
        await transaction('delivery_cell').insert(chunk);
      }
      return again;
    });
    for (const claim of left) {
      await this.#queue.release(claim);
    }
    await this.#failures.clear(
      'delivery',
      sorted.map(({ key }) => nameOf(key)),
    );
  }

  /** What is stored of the days, by cell. */
  async #deliveries(claims: CellClaim[]): Promise<Map<string, KeptDelivery[]>> {
    const found = new Map<string, KeptDelivery[]>();
    for (const chunk of chunksOf(claims, 50)) {
      const rows: DeliveryRow[] = await this.#database('delivery')
        .where(where => {
          for (const { key } of chunk) {
            where.orWhere(one =>
              one
                .where('service_id', key.service_id)
                .where('environment', key.environment)
                .where('finished_at', '>=', key.day * DAY_MS)
                .where('finished_at', '<', (key.day + 1) * DAY_MS),
            );
          }
        })
        .select('*');
      for (const row of rows) {
        const delivery = deliveryFromRow(row);
        const name = nameOf({ ...row, day: utcDayOf(delivery.finishedAt) });
        found.set(name, [...(found.get(name) ?? []), delivery]);
      }
    }
    return found;
  }
}

function nameOf(key: CellKey): string {
  return [key.service_id, key.environment, key.day].join(' ');
}

/** What the worker needs. */
export interface CellWorkerOptions {
  database: Knex;
  failures: DeriveFailures;
  now: () => number;
  claimMs: number;
}
