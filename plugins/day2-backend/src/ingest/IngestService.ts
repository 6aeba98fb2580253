import { ConflictError, InputError } from '@backstage/errors';
import type { EnvironmentRule } from '@day2/backstage-plugin-day2-common';
import type {
  DeploymentObservation,
  Observation,
  SourceBatch,
} from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import {
  Breather,
  canonicalJson,
  chunksOf,
  deterministicId,
  inTransaction,
} from '../database';
import { SubjectStore } from '../subjects/SubjectStore';
import { addCounts } from './addCounts';
import { LeaseLostError } from './LeaseLostError';
import { ObservationApplier } from './ObservationApplier';
import { prepareObservation, type Prepared } from './prepareObservation';
import { scrubItem, scrubText } from './scrub';
import { sweepPass } from './withdrawObservations';

/** The source of what is posted to the API. */
export const POSTED_SOURCE_ID = 'api';

/** What became of a batch. */
export interface AppliedBatch {
  applied: number;
  ignored: number;
  rejected: number;
}

interface Item {
  prepared: Prepared;
  item: unknown;
}

/** Takes in what sources say: one batch, one transaction. */
export class IngestService {
  readonly #database: Knex;
  readonly #subjects: SubjectStore;
  readonly #applier: ObservationApplier;
  readonly #now: () => number;

  private constructor(options: {
    database: Knex;
    environments: EnvironmentRule[];
    now: () => number;
  }) {
    this.#database = options.database;
    this.#now = options.now;
    this.#subjects = SubjectStore.create(options);
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
   * @throws LeaseLostError when it is not; nothing has landed then
   */
  async applyBatch(options: {
    sourceId: string;
    epoch: number;
    batch: SourceBatch;
  }): Promise<AppliedBatch> {
    const { sourceId: source, epoch, batch } = options;
    const items = prepareAll(batch.observations);
    const result = await inTransaction(this.#database, async transaction => {
      const now = this.#now();
      // The fence comes first: it locks the row, so that no one takes the
      // lease before this batch is in.
      const held = await transaction('source')
        .where({ id: source, epoch })
        .where('expires_at', '>', now)
        .update({
          cursor: JSON.stringify(batch.cursor),
          reread: false,
          ...(batch.progress
            ? { progress: JSON.stringify(batch.progress) }
            : {}),
          ...(batch.notices
            ? { notices: JSON.stringify(batch.notices.map(scrubText)) }
            : {}),
        });
      if (held === 0) {
        throw new LeaseLostError(source);
      }
      const row = await transaction('source')
        .where({ id: source })
        .first('counts', 'skipped', 'pass_id', 'pass_known');
      const pass = batch.pass;
      let known = row.pass_known ?? 0;
      if (pass && row.pass_id !== pass.id) {
        const [{ n }] = await transaction('observation')
          .where({ source })
          .whereNull('withdrawn_at')
          .count({ n: '*' });
        known = Number(n);
      }
      const tally = await this.#applier.apply({
        transaction,
        source,
        prepared: items.map(item => item.prepared),
        passId: pass?.id,
        now,
      });
      const rejected = [
        ...items.flatMap(({ prepared, item }) =>
          prepared.kind === 'rejected' ? [{ ...prepared, item }] : [],
        ),
        ...(batch.rejected ?? []),
      ];
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
      let sweeping = false;
      if (pass?.complete) {
        const { removed, more, notice } = await sweepPass({
          transaction,
          subjects: this.#subjects,
          source,
          passId: pass.id,
          known,
          now,
        });
        sweeping = more;
        addCounts(counts, removed, -1);
        update.hub_notices = JSON.stringify(notice ? [notice] : []);
      }
      await transaction('source')
        .where({ id: source })
        .update({ ...update, counts: canonicalJson(counts) });
      return {
        sweeping,
        applied: {
          applied: tally.applied,
          ignored: tally.ignored,
          rejected: rejected.length,
        },
      };
    });
    const breather = Breather.create();
    let sweeping = result.sweeping;
    while (sweeping && batch.pass) {
      await breather.breathe();
      sweeping = await this.#sweepOn({ source, epoch, passId: batch.pass.id });
    }
    return result.applied;
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
    passId: string;
  }): Promise<boolean> {
    const { source, epoch, passId } = options;
    return inTransaction(this.#database, async transaction => {
      const now = this.#now();
      const held = await transaction('source')
        .where({ id: source, epoch, pass_id: passId })
        .where('expires_at', '>', now)
        .update({ epoch });
      if (held === 0) {
        return false;
      }
      const { removed, more } = await sweepPass({
        transaction,
        subjects: this.#subjects,
        source,
        passId,
        now,
      });
      const row = await transaction('source')
        .where({ id: source })
        .first('counts');
      const counts = addCounts(JSON.parse(row.counts), removed, -1);
      await transaction('source')
        .where({ id: source })
        .update({ counts: canonicalJson(counts) });
      return more;
    });
  }

  /**
   * Takes in a posted deployment, once for each idempotency key.
   *
   * @throws ConflictError when the key came with another body before
   * @throws InputError when the deployment cannot be taken in
   */
  async applyPosted(options: {
    observation: DeploymentObservation;
    idempotency: { principal: string; key: string; bodyHash: string };
  }): Promise<{ repeated: boolean; key: string }> {
    const { observation } = options;
    const { principal, key, bodyHash } = options.idempotency;
    const items = prepareAll([observation]);
    const [{ prepared }] = items;
    if (prepared.kind === 'rejected') {
      throw new InputError(prepared.reason);
    }
    return inTransaction(this.#database, async transaction => {
      const now = this.#now();
      await transaction('source')
        .insert({ id: POSTED_SOURCE_ID })
        .onConflict('id')
        .ignore();
      // Locks the row: posts of one moment come one after the other.
      await transaction('source')
        .where({ id: POSTED_SOURCE_ID })
        .update({ last_attempt_at: now, last_success_at: now });
      const before = await transaction('idempotency')
        .where({ principal, key })
        .first('body_hash');
      if (before) {
        if (before.body_hash !== bodyHash) {
          throw new ConflictError(
            'This idempotency key came with another body before; use a new key for a new deployment',
          );
        }
        return { repeated: true, key };
      }
      await transaction('idempotency').insert({
        principal,
        key,
        body_hash: bodyHash,
        observation_key: observation.key,
        at: now,
      });
      const tally = await this.#applier.apply({
        transaction,
        source: POSTED_SOURCE_ID,
        prepared: items.map(item => item.prepared),
        now,
      });
      const row = await transaction('source')
        .where({ id: POSTED_SOURCE_ID })
        .first('counts');
      await transaction('source')
        .where({ id: POSTED_SOURCE_ID })
        .update({
          counts: canonicalJson(
            addCounts(JSON.parse(row.counts), tally.counts),
          ),
        });
      return { repeated: false, key };
    });
  }
}

function prepareAll(observations: Observation[]): Item[] {
  return observations.map(item => ({
    prepared: prepareObservation(item),
    item,
  }));
}

async function quarantine(options: {
  transaction: Knex.Transaction;
  source: string;
  rejected: { key?: string; reason: string; item: unknown }[];
  now: number;
}): Promise<void> {
  const { transaction, source, now } = options;
  const rows = new Map<string, Record<string, unknown>>();
  for (const { key, reason, item } of options.rejected) {
    const row = {
      source,
      key: key?.slice(0, 500) ?? null,
      reason: scrubText(reason),
      item: scrubItem(item),
      at: now,
    };
    // The same item rejected again, after a crash or a re-read, is one row.
    const id = deterministicId(source, row.key ?? '', row.reason, row.item);
    rows.set(id, { id, ...row });
  }
  for (const chunk of chunksOf([...rows.values()])) {
    await transaction('quarantine').insert(chunk).onConflict('id').ignore();
  }
}
