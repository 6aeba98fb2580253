import type { Knex } from 'knex';
import { Breather, inTransaction } from '../database';
import type { DeriveFailures } from '../derive/DeriveFailures';
import { workOnClaims } from '../derive/workOnClaims';
import { WorkQueue, type Claim } from '../derive/WorkQueue';
import type { SuspectDeriver } from './SuspectDeriver';

// As much as takes SQLite some 50 ms.
const INCIDENTS_PER_CHUNK = 10;
/** A sequence is derived whole for one link or for many: so many links first. */
const CHUNKS_AT_ONCE = 20;

type Key = { incident_id: string };

/** Judges anew the suspects of incidents that are marked, a chunk at a time. */
export class SuspectWorker {
  readonly #options: SuspectWorkerOptions;
  readonly #queue: WorkQueue<Key>;

  private constructor(options: SuspectWorkerOptions) {
    this.#options = options;
    this.#queue = WorkQueue.create({
      ...options,
      table: 'dirty_suspect',
      columns: ['incident_id'],
    });
  }

  static create(options: SuspectWorkerOptions): SuspectWorker {
    return new SuspectWorker(options);
  }

  async pending(): Promise<number> {
    return this.#queue.pending();
  }

  /** @returns how many incidents were worked on; 0 where none is free */
  async runChunk(): Promise<number> {
    const breather = Breather.create();
    let done = 0;
    for (let chunk = 0; chunk < CHUNKS_AT_ONCE; chunk += 1) {
      const worked = await this.#chunk();
      done += worked;
      if (worked < INCIDENTS_PER_CHUNK) {
        break;
      }
      await breather.breathe();
    }
    return done;
  }

  async #chunk(): Promise<number> {
    const claims = await this.#queue.claim(INCIDENTS_PER_CHUNK);
    if (claims.length === 0) {
      return 0;
    }
    await workOnClaims({
      claims,
      queue: this.#queue,
      failures: this.#options.failures,
      name: 'suspect',
      nameOf: ({ incident_id }) => incident_id,
      work: some => this.#work(some),
    });
    return claims.length;
  }

  /** @returns those that must be judged again */
  async #work(claims: Claim<Key>[]): Promise<Claim<Key>[]> {
    const { database, deriver, now } = this.#options;
    const incidentIds = claims.map(({ key }) => key.incident_id);
    const { changes, left } = await inTransaction(
      database,
      async transaction => {
        await deriver.lock(transaction, incidentIds);
        // Ended first: what marks one from now on waits, and it is judged again.
        const finished = new Set(
          await this.#queue.finishAll(transaction, claims),
        );
        return {
          changes: await deriver.derive(transaction, {
            incidentIds,
            now: now(),
          }),
          left: claims.filter(claim => !finished.has(claim)),
        };
      },
    );
    this.#options.onChange(changes.serviceIds);
    return left;
  }
}

/** What the worker needs. */
export interface SuspectWorkerOptions {
  database: Knex;
  deriver: SuspectDeriver;
  failures: DeriveFailures;
  now: () => number;
  onChange: (serviceIds: Iterable<string>) => void;
  claimMs: number;
}
