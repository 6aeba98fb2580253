import type {
  Observation,
  WebhookRecords,
} from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { inTransaction } from '../database';
import { noteDelivered } from '../effects/deliveredReferences';
import { noteRejected } from '../gitops/noteRejected';
import { heardOf } from './heardOf';
import type { ObservationApplier } from './ObservationApplier';
import { prepareObservation, type Prepared } from './prepareObservation';
import { quarantine } from './quarantine';
import { runsOf } from './runsOf';
import { addToCounts } from './sourceRow';

/** What became of a batch. */
export interface AppliedBatch {
  applied: number;
  ignored: number;
  rejected: number;
}

/** An observation, and what was made of it. */
export interface PreparedItem {
  prepared: Prepared;
  item: Observation;
}

/** What a tool delivered of itself. */
export interface DeliveredRecords extends WebhookRecords {
  sourceId: string;
  /**
   * Comes first in the transaction: notes what of the deliveries is done. What
   * it throws undoes everything.
   */
  settle?: (
    transaction: Knex.Transaction,
    outcome: { rejected: number },
  ) => Promise<void>;
}

/** Checks observations, one by one. */
export function prepareItems(
  observations: Observation[],
  now: number,
): PreparedItem[] {
  return observations.map(item => ({
    prepared: prepareObservation(item, now),
    item,
  }));
}

/** What cannot be taken in: by its source already, or by us. */
export function rejectedOf(
  items: PreparedItem[],
  rejected: WebhookRecords['rejected'] = [],
): NonNullable<WebhookRecords['rejected']> {
  return [
    ...items.flatMap(({ prepared, item }) =>
      prepared.kind === 'rejected' ? [{ ...prepared, item }] : [],
    ),
    ...rejected,
  ];
}

/**
 * Takes in what a tool delivered, without a lease: versions order it among what
 * is read. One transaction.
 */
export async function applyDelivered(
  options: DeliveredRecords & {
    database: Knex;
    applier: ObservationApplier;
    now: () => number;
  },
): Promise<AppliedBatch> {
  const { sourceId: source } = options;
  const items = prepareItems(options.observations, options.now());
  const rejected = rejectedOf(items, options.rejected);
  return inTransaction(options.database, async transaction => {
    const now = options.now();
    await options.settle?.(transaction, { rejected: rejected.length });
    await transaction('source')
      .insert({ id: source })
      .onConflict('id')
      .ignore();
    // Locks the row: its counts are changed by one at a time.
    const row = await transaction('source')
      .where({ id: source })
      .forUpdate()
      .first('pass_id', 'last_success_at');
    const { counts, applied, ignored } = await options.applier.apply({
      transaction,
      source,
      runs: runsOf(items.map(({ prepared }) => prepared)),
      // A listing in progress may have been there before it: it is not swept.
      passId: row.pass_id ?? undefined,
      now,
    });
    if (row.last_success_at === null) {
      const references = items.flatMap(({ prepared }) =>
        prepared.kind === 'record' && prepared.record.kind === 'incident'
          ? [{ source, key: prepared.record.key }]
          : [],
      );
      await noteDelivered({ transaction, references, now });
    }
    await quarantine({ transaction, source, rejected, now });
    await noteRejected({ transaction, source, heard: heardOf(items), now });
    await addToCounts({ transaction, source, counts });
    return { applied, ignored, rejected: rejected.length };
  });
}
