import type { EnvironmentRule } from '@day2/backstage-plugin-day2-common';
import type { SourceBatch } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { Breather, canonicalJson, inTransaction } from '../database';
import { forgetRejected, noteRejected } from '../gitops/noteRejected';
import { noteUnseen } from '../gitops/noteUnseen';
import { addCounts } from './addCounts';
import {
  applyDelivered,
  prepareItems,
  rejectedOf,
  type AppliedBatch,
  type DeliveredRecords,
  type PreparedItem,
} from './applyDelivered';
import { applyPosted, type PostedDeployment } from './applyPosted';
import { heardOf } from './heardOf';
import { isLeaseLostError } from './LeaseLostError';
import { ObservationApplier } from './ObservationApplier';
import { quarantine } from './quarantine';
import { runsOf } from './runsOf';
import { scrubTrouble } from './scrub';
import { addToCounts, holdSource } from './sourceRow';
import { countKnown, sweepPass, touchStanding, type Pass } from './sweepPass';
import { withdrawAhead } from './withdrawAhead';

export type { AppliedBatch } from './applyDelivered';
export { POSTED_SOURCE_ID } from './applyPosted';

/** Takes in what sources say: one batch, one transaction. */
export class IngestService {
  readonly #database: Knex;
  readonly #applier: ObservationApplier;
  readonly #now: () => number;
  // Of all batches: many short ones in a row would hold readers up as well.
  readonly #breather = Breather.create();

  private constructor(options: {
    database: Knex;
    environments: EnvironmentRule[];
    now: () => number;
  }) {
    this.#database = options.database;
    this.#now = options.now;
    this.#applier = ObservationApplier.create(options);
  }

  static create(options: {
    database: Knex;
    environments: EnvironmentRule[];
    now?: () => number;
  }): IngestService {
    return new IngestService({ ...options, now: options.now ?? Date.now });
  }

  /**
   * Commits a batch with its cursor, if the lease is still held.
   *
   * @throws LeaseLostError when it is not; nothing of what it says has landed
   * then, and the cursor stands where it stood
   */
  async applyBatch(options: {
    sourceId: string;
    epoch: number;
    batch: SourceBatch;
  }): Promise<AppliedBatch> {
    const { sourceId: source, epoch, batch } = options;
    const items = prepareItems(batch.observations, this.#now());
    const { runs, withdrawn } = await withdrawAhead({
      database: this.#database,
      source,
      epoch,
      breather: this.#breather,
      now: this.#now,
      runs: runsOf(items.map(({ prepared }) => prepared)),
    });
    const { applied, sweeping } = await inTransaction(
      this.#database,
      transaction => this.#commit({ transaction, ...options, items, runs }),
    );
    await this.#breather.breathe();
    let more = sweeping;
    while (more && batch.pass) {
      more = await this.#sweepOn({ source, epoch, pass: batch.pass });
      await this.#breather.breathe();
    }
    return { ...applied, applied: applied.applied + withdrawn };
  }

  async #commit(options: {
    transaction: Knex.Transaction;
    sourceId: string;
    epoch: number;
    batch: SourceBatch;
    items: PreparedItem[];
    runs: ReturnType<typeof runsOf>;
  }): Promise<{ applied: AppliedBatch; sweeping: boolean }> {
    const { transaction, sourceId: source, epoch, batch } = options;
    const now = this.#now();
    const columns = columnsOf(batch);
    await holdSource({ transaction, source, epoch, now, columns });
    const row = await transaction('source')
      .where({ id: source })
      .first('counts', 'skipped', 'pass_id', 'pass_known');
    const pass = batch.pass;
    let known = row.pass_known ?? 0;
    if (pass && row.pass_id !== pass.id) {
      known = await countKnown({ transaction, source, pass });
    }
    const tally = await this.#applier.apply({
      transaction,
      source,
      runs: options.runs,
      passId: pass?.id,
      now,
    });
    const rejected = rejectedOf(options.items, batch.rejected);
    await quarantine({ transaction, source, rejected, now });
    const counts = addCounts(JSON.parse(row.counts), tally.counts);
    const update: Record<string, unknown> = {
      skipped: canonicalJson(
        addCounts(JSON.parse(row.skipped), batch.skipped ?? {}),
      ),
    };
    if (pass) {
      Object.assign(update, { pass_id: pass.id, pass_known: known });
    }
    await noteRejected({
      transaction,
      source,
      heard: heardOf(options.items),
      now,
    });
    if (batch.unseen) {
      await noteUnseen({ transaction, source, unseen: batch.unseen });
    }
    let sweeping = false;
    if (pass) {
      await touchStanding({ transaction, source, pass });
    }
    if (pass?.complete) {
      const { removed, more, notice } = await sweepPass({
        transaction,
        source,
        pass,
        known,
        now,
      });
      sweeping = more;
      await forgetRejected({ transaction, source });
      addCounts(counts, removed, -1);
      update.hub_notices = JSON.stringify(notice ? [notice] : []);
    }
    await transaction('source')
      .where({ id: source })
      .update({ ...update, counts: canonicalJson(counts) });
    const { applied, ignored } = tally;
    return {
      sweeping,
      applied: { applied, ignored, rejected: rejected.length },
    };
  }

  /**
   * The next part of what a listing did not name. Where it is interrupted, the
   * next complete listing does not name it either.
   *
   * @returns whether there is more
   */
  async #sweepOn(options: {
    source: string;
    epoch: number;
    pass: Pass;
  }): Promise<boolean> {
    const { source, epoch, pass } = options;
    try {
      return await inTransaction(this.#database, async transaction => {
        const now = this.#now();
        await holdSource({ transaction, source, epoch, now });
        const { removed, more } = await sweepPass({
          transaction,
          source,
          pass,
          now,
        });
        await addToCounts({ transaction, source, counts: removed, sign: -1 });
        return more;
      });
    } catch (error) {
      if (isLeaseLostError(error)) {
        return false;
      }
      throw error;
    }
  }

  /** Takes in what a tool delivered of itself, without a lease. */
  async applyDelivered(delivered: DeliveredRecords): Promise<AppliedBatch> {
    const applied = await applyDelivered({
      ...delivered,
      database: this.#database,
      applier: this.#applier,
      now: this.#now,
    });
    await this.#breather.breathe();
    return applied;
  }

  /**
   * Takes in a posted deployment, once for each idempotency key.
   *
   * @throws ConflictError when the key came with another body before
   * @throws InputError when the deployment cannot be taken in
   */
  async applyPosted(
    posted: PostedDeployment,
  ): Promise<{ repeated: boolean; key: string }> {
    return await applyPosted({
      ...posted,
      database: this.#database,
      applier: this.#applier,
      now: this.#now,
    });
  }
}

/** What a batch says of its source itself. */
function columnsOf(batch: SourceBatch): Record<string, unknown> {
  return {
    cursor: JSON.stringify(batch.cursor),
    reread: false,
    ...(batch.progress ? { progress: JSON.stringify(batch.progress) } : {}),
    ...(batch.notices
      ? { notices: JSON.stringify(batch.notices.map(scrubTrouble)) }
      : {}),
  };
}
