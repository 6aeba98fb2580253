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
import { workOnClaims } from '../derive/workOnClaims';
import { WorkQueue, type Claim } from '../derive/WorkQueue';
import { cellToRow, type CellKey } from './cellRow';
import { deliveryFromRow, SUMMED, type DeliveryRow } from './deliveryRow';

const CELLS_PER_CHUNK = 100;
/** What lies between days so near is read, and not needed. */
const NEAR_DAYS = 3;

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
    await workOnClaims({
      claims,
      queue: this.#queue,
      failures: this.#failures,
      name: 'delivery',
      nameOf,
      work: some => this.#work(some),
    });
    return claims.length;
  }

  /** @returns those that must be computed again */
  async #work(claims: CellClaim[]): Promise<CellClaim[]> {
    // One order everywhere, so that replicas do not wait for each other.
    const sorted = [...claims].sort(byKey);
    const deliveries = await this.#deliveries(sorted);
    return await inTransaction(this.#database, async transaction => {
      const done = new Set(await this.#queue.finishAll(transaction, sorted));
      const rows = [...done].flatMap(({ key }) => {
        const cell = cellOf(deliveries.get(nameOf(key)) ?? []);
        return isEmptyCell(cell) ? [] : [cellToRow(key, cell)];
      });
      for (const chunk of chunksOf([...done])) {
        await transaction('delivery_cell')
          .whereIn(
            ['service_id', 'environment', 'day'],
            chunk.map(({ key }) => [key.service_id, key.environment, key.day]),
          )
          .delete();
      }
      for (const chunk of chunksOf(rows, 50)) {
        await transaction('delivery_cell').insert(chunk);
      }
      // Marked again since the rows were read: somebody has to read anew.
      return sorted.filter(claim => !done.has(claim));
    });
  }

  /** What is stored of the days, by cell. */
  async #deliveries(claims: CellClaim[]): Promise<Map<string, KeptDelivery[]>> {
    const wanted = new Set(claims.map(({ key }) => nameOf(key)));
    const found = new Map<string, KeptDelivery[]>();
    for (const chunk of chunksOf(stretchesOf(claims), 50)) {
      const rows: DeliveryRow[] = await this.#database('delivery')
        .where(where => {
          for (const { first, last } of chunk) {
            where.orWhere(one =>
              one
                .where('service_id', first.service_id)
                .where('environment', first.environment)
                .where('finished_at', '>=', first.day * DAY_MS)
                .where('finished_at', '<', (last.day + 1) * DAY_MS),
            );
          }
        })
        .select('environment', ...SUMMED);
      for (const row of rows) {
        const delivery = deliveryFromRow({ ...row, reasons: undefined });
        const name = nameOf({ ...row, day: utcDayOf(delivery.finishedAt) });
        if (wanted.has(name)) {
          found.set(name, [...(found.get(name) ?? []), delivery]);
        }
      }
    }
    return found;
  }
}

/** Days near each other are read at once: whole months of one sequence when all is derived. */
function stretchesOf(sorted: CellClaim[]): { first: CellKey; last: CellKey }[] {
  const found: { first: CellKey; last: CellKey }[] = [];
  for (const { key } of sorted) {
    const open = found[found.length - 1];
    if (
      open?.last.service_id === key.service_id &&
      open.last.environment === key.environment &&
      key.day - open.last.day <= NEAR_DAYS
    ) {
      open.last = key;
    } else {
      found.push({ first: key, last: key });
    }
  }
  return found;
}

/** By sequence, then by day. */
function byKey({ key: a }: CellClaim, { key: b }: CellClaim): number {
  const [left, right] = [a, b].map(
    ({ service_id, environment }) => `${service_id} ${environment}`,
  );
  if (left === right) {
    return a.day - b.day;
  }
  return left < right ? -1 : 1;
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
