import type { Knex } from 'knex';
import { changeStore } from '../changes/ChangeStore';
import { Breather, chunksOf, inTransaction } from '../database';
import { dirtyMarks } from '../derive/DirtyMarks';
import { WorkQueue, type Claim } from '../derive/WorkQueue';
import { deploymentStore } from './DeploymentStore';
import { SequenceDeriver, toStored } from './SequenceDeriver';

// With what each carried, about 50 ms on SQLite.
const DEPLOYMENTS_PER_CHUNK = 25;

type SequenceClaim = Claim<{ service_id: string; environment: string }>;

/** Derives the sequences that are marked, one at a time. */
export class SequenceWorker {
  readonly #database: Knex;
  readonly #deriver: SequenceDeriver;
  readonly #queue: WorkQueue<SequenceClaim['key']>;
  readonly #now: () => number;

  private constructor(options: SequenceWorkerOptions) {
    this.#database = options.database;
    this.#now = options.now;
    this.#deriver = SequenceDeriver.create(options);
    this.#queue = WorkQueue.create({
      ...options,
      table: 'dirty_sequence',
      columns: ['service_id', 'environment'],
    });
  }

  static create(options: SequenceWorkerOptions): SequenceWorker {
    return new SequenceWorker(options);
  }

  async pending(): Promise<number> {
    return this.#queue.pending();
  }

  /** @returns how many sequences were worked on: 1, or 0 where none is free */
  async runOne(): Promise<number> {
    const [claim] = await this.#queue.claim(1);
    if (!claim) {
      return 0;
    }
    if (!(await this.#derive(claim))) {
      await this.#queue.release(claim);
    }
    return 1;
  }

  /** @returns whether it is done; false where it was marked again meanwhile */
  async #derive(claim: SequenceClaim): Promise<boolean> {
    const sequence = {
      serviceId: claim.key.service_id,
      environment: claim.key.environment,
    };
    const rows = await deploymentStore.load(this.#database, sequence);
    const stored = new Map(rows.map(row => [row.id, toStored(row)]));
    const derived = await this.#deriver.derive({ sequence, stored });
    const changed = derived.filter(
      ({ row }) => stored.get(row.id)?.hash !== row.hash,
    );
    const kept = new Set(derived.map(({ row }) => row.id));
    const gone = [...stored.values()].filter(({ id }) => !kept.has(id));
    const write = (work: (transaction: Knex.Transaction) => Promise<void>) =>
      inTransaction(this.#database, async transaction => {
        const held = await this.#queue.hold(transaction, claim);
        if (held) {
          await work(transaction);
        }
        return held;
      });
    const breather = Breather.create();
    for (const chunk of chunksOf(changed, DEPLOYMENTS_PER_CHUNK)) {
      await breather.breathe();
      const written = await write(async transaction => {
        await deploymentStore.write(transaction, chunk);
        await this.#markChanges(
          transaction,
          chunk.flatMap(({ row, manifest }) => [
            manifest,
            stored.get(row.id)?.manifest,
          ]),
        );
      });
      if (!written) {
        return false;
      }
    }
    if (gone.length > 0) {
      const removed = await write(async transaction => {
        await deploymentStore.remove(transaction, {
          ids: gone.map(({ id }) => id),
          now: this.#now(),
        });
        await this.#markChanges(
          transaction,
          gone.map(({ manifest }) => manifest),
        );
      });
      if (!removed) {
        return false;
      }
    }
    // Once more after the deployments are committed: of a deployment and the
    // change that asked for it, the later one sees the earlier.
    return inTransaction(this.#database, async transaction => {
      await this.#markChanges(transaction, [
        ...changed.map(({ manifest }) => manifest),
        ...gone.map(({ manifest }) => manifest),
      ]);
      return this.#queue.finish(transaction, claim);
    });
  }

  /** A change that is a deployment, or is none any more, shows in another way. */
  async #markChanges(
    transaction: Knex.Transaction,
    manifests: ({ repository: string; sha: string } | undefined)[],
  ): Promise<void> {
    await dirtyMarks.changes(
      transaction,
      await changeStore.ofManifests(
        transaction,
        manifests.filter(manifest => manifest !== undefined),
      ),
      this.#now(),
    );
  }
}

/** What the worker needs. */
export interface SequenceWorkerOptions {
  database: Knex;
  now: () => number;
  claimMs: number;
}
