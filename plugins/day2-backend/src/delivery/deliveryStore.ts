import {
  dirtyDaysOf,
  type KeptDelivery,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { chunksOf } from '../database';
import type { SequenceKey } from '../derive/DirtyMarks';
import {
  deliveryFromRow,
  deliveryToRow,
  type DeliveryRow,
} from './deliveryRow';

/** A delivery with the hash of the deployment it was derived from. */
export interface StoredDelivery {
  delivery: KeptDelivery;
  derivedFrom: string;
}

/** Deliveries of a sequence, with the marks of the cells that they change. */
export const deliveryStore = {
  /** Those of a sequence, by the deployment's id. */
  async load(
    database: Knex,
    sequence: SequenceKey,
  ): Promise<Map<string, StoredDelivery>> {
    const rows: DeliveryRow[] = await database('delivery')
      .where({
        service_id: sequence.serviceId,
        environment: sequence.environment,
      })
      .select('*');
    return new Map(
      rows.map(row => [
        row.deployment_id,
        { delivery: deliveryFromRow(row), derivedFrom: row.derived_from },
      ]),
    );
  },

  /**
   * Writes deliveries in place of what was stored of them, and marks the days
   * that are no longer right, in the caller's transaction.
   *
   * @param options - `before`: what is stored of `after` and of those that are gone
   */
  async replace(
    transaction: Knex.Transaction,
    options: {
      sequence: SequenceKey;
      before: StoredDelivery[];
      after: StoredDelivery[];
      now: number;
    },
  ): Promise<void> {
    const { sequence, before, after, now } = options;
    const kept = new Set(after.map(({ delivery }) => delivery.id));
    const gone = before.flatMap(({ delivery }) =>
      kept.has(delivery.id) ? [] : [delivery.id],
    );
    for (const ids of chunksOf(gone.sort())) {
      await transaction('delivery').whereIn('deployment_id', ids).delete();
    }
    for (const chunk of chunksOf(after, 30)) {
      await transaction('delivery')
        .insert(chunk.map(each => deliveryToRow({ sequence, ...each })))
        .onConflict('deployment_id')
        .merge();
    }
    const days = dirtyDaysOf({
      before: before.map(({ delivery }) => delivery),
      after: after.map(({ delivery }) => delivery),
    });
    for (const chunk of chunksOf(days)) {
      await transaction('dirty_delivery_cell')
        .insert(
          chunk.map(day => ({
            service_id: sequence.serviceId,
            environment: sequence.environment,
            day,
            since: now,
          })),
        )
        .onConflict(['service_id', 'environment', 'day'])
        .merge({
          generation: transaction.raw('?? + 1', [
            'dirty_delivery_cell.generation',
          ]),
        });
    }
  },
};
