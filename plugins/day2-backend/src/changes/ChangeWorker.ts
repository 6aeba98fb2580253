import type { EnvironmentRule } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { Breather, inTransaction } from '../database';
import type { DeriveFailures } from '../derive/DeriveFailures';
import { markReverting } from '../delivery/markReverting';
import { dirtyMarks } from '../derive/DirtyMarks';
import { workOnClaims } from '../derive/workOnClaims';
import { WorkQueue, type Claim } from '../derive/WorkQueue';
import { ChangeDeriver } from './ChangeDeriver';
import { BY_THEMSELVES } from '../suspects/changesAround';
import { markSuspectsAround, type Happening } from '../suspects/dirtySuspects';
import { changeStore } from './ChangeStore';
import type { DerivedChange } from './deriveChange';

const CHANGES_PER_CHUNK = 100;

type ChangeClaim = Claim<{ change_id: string }>;

/** Derives the changes that are marked, a chunk at a time. */
export class ChangeWorker {
  readonly #database: Knex;
  readonly #deriver: ChangeDeriver;
  readonly #queue: WorkQueue<{ change_id: string }>;
  readonly #failures: DeriveFailures;
  readonly #now: () => number;
  readonly #onChange: ChangeWorkerOptions['onChange'];

  private constructor(options: ChangeWorkerOptions) {
    this.#database = options.database;
    this.#failures = options.failures;
    this.#now = options.now;
    this.#onChange = options.onChange;
    this.#deriver = ChangeDeriver.create(options);
    this.#queue = WorkQueue.create({
      ...options,
      table: 'dirty_change',
      columns: ['change_id'],
    });
  }

  static create(options: ChangeWorkerOptions): ChangeWorker {
    return new ChangeWorker(options);
  }

  async pending(): Promise<number> {
    return this.#queue.pending();
  }

  /** @returns how many changes were worked on; 0 where none is free */
  async runChunk(): Promise<number> {
    const claims = await this.#queue.claim(CHANGES_PER_CHUNK);
    if (claims.length === 0) {
      return 0;
    }
    await workOnClaims({
      claims,
      queue: this.#queue,
      failures: this.#failures,
      name: 'change',
      nameOf: ({ change_id }) => change_id,
      work: some => this.#work(some),
    });
    return claims.length;
  }

  /** @returns those that must be derived again */
  async #work(claims: ChangeClaim[]): Promise<ChangeClaim[]> {
    const breather = Breather.create();
    const ids = claims.map(({ key }) => key.change_id);
    const before = await changeStore.hashes(this.#database, ids);
    const derived = await this.#deriver.derive(ids);
    await breather.breathe();
    const changed = claims.filter(({ key }) => {
      const change = derived.get(key.change_id);
      return change && change.row.hash !== before.get(change.row.id);
    });
    const written = await this.#write(changed, derived);
    await breather.breathe();
    const again = await this.#finish({ claims, derived, changed, written });
    this.#onChange(
      [...written].flatMap(
        id => derived.get(id)?.ties.map(tie => tie.service_id) ?? [],
      ),
    );
    return again;
  }

  /** Writes those that nobody marked again meanwhile. */
  async #write(
    claims: ChangeClaim[],
    derived: Map<string, DerivedChange>,
  ): Promise<Set<string>> {
    if (claims.length === 0) {
      return new Set();
    }
    return inTransaction(this.#database, async transaction => {
      const held: DerivedChange[] = [];
      for (const claim of sorted(claims)) {
        if (await this.#queue.hold(transaction, claim)) {
          held.push(derived.get(claim.key.change_id) as DerivedChange);
        }
      }
      await changeStore.write(transaction, held);
      await markSuspectsAround(
        transaction,
        held.flatMap(happeningsOf),
        this.#now(),
      );
      return new Set(held.map(({ row }) => row.id));
    });
  }

  /**
   * Looks, now that the changes are committed, for what came in meanwhile: of
   * two that depend on each other the later one sees the earlier.
   */
  async #finish(options: {
    claims: ChangeClaim[];
    derived: Map<string, DerivedChange>;
    changed: ChangeClaim[];
    written: Set<string>;
  }): Promise<ChangeClaim[]> {
    const { claims, derived, written } = options;
    const skipped = new Set(
      options.changed
        .map(({ key }) => key.change_id)
        .filter(id => !written.has(id)),
    );
    return await inTransaction(this.#database, async transaction => {
      const now = this.#now();
      // All of them, written now or before a crash.
      const all = [...derived.values()];
      await dirtyMarks.changes(
        transaction,
        await changeStore.reverted(transaction, all),
        now,
      );
      await markReverting(transaction, {
        changes: all.map(({ row }) => row),
        now,
      });
      await markSuspectsAround(
        transaction,
        all.filter(({ row }) => written.has(row.id)).flatMap(happeningsOf),
        now,
      );
      const outdated = await changeStore.outdated(transaction, all);
      const left: ChangeClaim[] = [];
      for (const claim of sorted(claims)) {
        const id = claim.key.change_id;
        if (
          skipped.has(id) ||
          outdated.has(id) ||
          !(await this.#queue.finish(transaction, claim))
        ) {
          left.push(claim);
        }
      }
      return left;
    });
  }
}

/** What the worker needs. */
export interface ChangeWorkerOptions {
  database: Knex;
  failures: DeriveFailures;
  environments: EnvironmentRule[];
  now: () => number;
  onChange: (serviceIds: Iterable<string>) => void;
  claimMs: number;
}

/** Where incidents may have to do with it: of code and versions their deployments tell. */
function happeningsOf({ row, ties }: DerivedChange): Happening[] {
  return BY_THEMSELVES.includes(row.kind) || row.reverts !== null
    ? ties.map(({ service_id }) => ({
        id: row.id,
        serviceId: service_id,
        at: row.at,
      }))
    : [];
}

// In one order everywhere, so that replicas do not wait for each other.
function sorted(claims: ChangeClaim[]): ChangeClaim[] {
  return [...claims].sort((a, b) =>
    a.key.change_id < b.key.change_id ? -1 : 1,
  );
}
