import type { Knex } from 'knex';
import { changeStore } from '../changes/ChangeStore';
import { Breather, chunksOf, inTransaction } from '../database';
import { SequenceDeliveries } from '../delivery/SequenceDeliveries';
import type { DeriveFailures } from '../derive/DeriveFailures';
import { derivedSequences } from '../derive/derivedSequences';
import { dirtyMarks } from '../derive/DirtyMarks';
import { WorkQueue, type Claim } from '../derive/WorkQueue';
import { markSuspectsAround } from '../suspects/dirtySuspects';
import {
  deploymentStore,
  sourceKey,
  type DerivedDeployment,
  type StoredDeployment,
} from './DeploymentStore';
import { toStored } from './derivedDeployment';
import { SequenceDeriver } from './SequenceDeriver';
import { SequenceRests } from './SequenceRests';
import { writeChunks } from './writeChunks';

type SequenceClaim = Claim<{ service_id: string; environment: string }>;

/** Derives the sequences that are marked, one at a time. */
export class SequenceWorker {
  readonly #database: Knex;
  readonly #deriver: SequenceDeriver;
  readonly #deliveries: SequenceDeliveries;
  readonly #queue: WorkQueue<SequenceClaim['key']>;
  readonly #failures: DeriveFailures;
  readonly #rests: SequenceRests;
  readonly #now: () => number;
  readonly #definitions: number;
  readonly #onChange: SequenceWorkerOptions['onChange'];

  private constructor(options: SequenceWorkerOptions) {
    this.#database = options.database;
    this.#failures = options.failures;
    this.#now = options.now;
    this.#definitions = options.definitions;
    this.#onChange = options.onChange;
    this.#rests = SequenceRests.create(options);
    this.#deriver = SequenceDeriver.create(options);
    this.#deliveries = SequenceDeliveries.create(options);
    this.#queue = WorkQueue.create({
      ...options,
      table: 'dirty_sequence',
      columns: ['service_id', 'environment'],
    });
  }

  static create(options: SequenceWorkerOptions): SequenceWorker {
    return new SequenceWorker(options);
  }

  /** How many are to be derived, those of older definitions too. */
  async pending(): Promise<number> {
    return (
      (await this.#queue.pending()) +
      (await derivedSequences.countOlder(this.#database, this.#definitions))
    );
  }

  /** @returns how many of older definitions are marked now: a few; 0 where none is left */
  async markOlder(): Promise<number> {
    return derivedSequences.markOlder(this.#database, {
      definitions: this.#definitions,
      now: this.#now(),
    });
  }

  /** @returns how many sequences were worked on: 1, or 0 where none is free */
  async runOne(): Promise<number> {
    const claim = await this.#claim();
    if (!claim) {
      return 0;
    }
    const key = nameOf(claim);
    try {
      if (!(await this.#derive(claim))) {
        await this.#queue.release(claim);
      }
      await this.#failures.clear('sequence', [key]);
    } catch (error) {
      const until = await this.#failures.note({
        queue: 'sequence',
        key,
        error,
      });
      await this.#queue.postpone(claim, until);
    }
    return 1;
  }

  /** The longest waiting one that does not rest. */
  async #claim(): Promise<SequenceClaim | undefined> {
    for (;;) {
      const [claim] = await this.#queue.claim(1);
      const until = claim && this.#rests.until(nameOf(claim));
      if (until === undefined) {
        return claim;
      }
      await this.#queue.postpone(claim, until);
    }
  }

  /** @returns whether it is done; false where it was marked again meanwhile */
  async #derive(claim: SequenceClaim): Promise<boolean> {
    const sequence = {
      serviceId: claim.key.service_id,
      environment: claim.key.environment,
    };
    const rows = await deploymentStore.load(this.#database, sequence);
    const desired = await deploymentStore.desired(this.#database, sequence);
    const stored = new Map(
      rows.map(row => [row.id, toStored(row, desired.get(row.id))]),
    );
    const derived = await this.#deriver.derive({ sequence, stored });
    this.#rests.begin(nameOf(claim), derived.length);
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
    // An id that another takes the place of goes as that one comes: a reader
    // never sees both.
    const left = new Map(gone.map(each => [each.id, each]));
    const idsOf = await deploymentStore.idsBySource(this.#database, [
      ...left.keys(),
    ]);
    for (const chunk of writeChunks(changed)) {
      await breather.breathe();
      const inherited = new Set(
        chunk
          .flatMap(({ sources }) => sources)
          .flatMap(source => idsOf.get(sourceKey(source)) ?? [])
          .filter(id => left.has(id)),
      );
      const written = await write(async transaction => {
        await deploymentStore.write(transaction, chunk);
        await this.#remove(
          transaction,
          [...inherited].map(id => left.get(id) as StoredDeployment),
        );
        await this.#markChanges(
          transaction,
          chunk.flatMap(each => [
            ...desiredOf(each),
            ...(stored.get(each.row.id)?.desired ?? []),
          ]),
        );
      });
      if (!written) {
        return false;
      }
      inherited.forEach(id => left.delete(id));
    }
    for (const chunk of chunksOf([...left.values()])) {
      await breather.breathe();
      if (!(await write(trx => this.#remove(trx, chunk)))) {
        return false;
      }
    }
    const delivered = { sequence, deployments: derived, write };
    if (!(await this.#deliveries.update(delivered))) {
      return false;
    }
    // Once more after the deployments are committed: of a deployment and the
    // change that asked for it, the later one sees the earlier.
    const finished = await inTransaction(this.#database, async transaction => {
      await this.#markChanges(transaction, [
        ...changed.flatMap(desiredOf),
        ...changed.flatMap(({ row }) => stored.get(row.id)?.desired ?? []),
        ...gone.flatMap(each => each.desired),
      ]);
      await markSuspectsAround(
        transaction,
        changed.map(({ row }) => ({
          id: row.id,
          serviceId: sequence.serviceId,
          at: row.finished_at,
        })),
        this.#now(),
      );
      const done = await this.#queue.finish(transaction, claim);
      if (done) {
        await derivedSequences.note(transaction, sequence, this.#definitions);
        await deploymentStore.writeRunning(transaction, {
          sequence,
          running: derived.flatMap(({ running }) => running),
        });
      }
      return done;
    });
    this.#rests.begin(nameOf(claim), derived.length);
    if (changed.length > 0 || gone.length > 0) {
      this.#onChange([sequence.serviceId]);
    }
    return finished;
  }

  async #remove(
    transaction: Knex.Transaction,
    deployments: StoredDeployment[],
  ): Promise<void> {
    if (deployments.length > 0) {
      await deploymentStore.remove(transaction, {
        ids: deployments.map(({ id }) => id),
        now: this.#now(),
      });
      await this.#markChanges(
        transaction,
        deployments.flatMap(({ desired }) => desired),
      );
    }
  }

  /** A change that is a deployment, or is none any more, shows in another way. */
  async #markChanges(
    transaction: Knex.Transaction,
    desired: { repository: string; sha: string }[],
  ): Promise<void> {
    await dirtyMarks.changes(
      transaction,
      await changeStore.ofManifests(transaction, desired),
      this.#now(),
    );
  }
}

function nameOf({ key }: SequenceClaim): string {
  return `${key.service_id} ${key.environment}`;
}

function desiredOf({
  sources,
}: DerivedDeployment): { repository: string; sha: string }[] {
  return sources.flatMap(({ desired }) => desired ?? []);
}

/** What the worker needs. */
export interface SequenceWorkerOptions {
  database: Knex;
  failures: DeriveFailures;
  now: () => number;
  /** Version of what sequences are derived by. */
  definitions: number;
  onChange: (serviceIds: Iterable<string>) => void;
  claimMs: number;
}
