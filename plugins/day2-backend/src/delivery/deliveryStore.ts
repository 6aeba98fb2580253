import {
  dirtyDaysOf,
  utcDayOf,
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

/** A delivery with what it was derived from, by `derivedFromOf`. */
export interface StoredDelivery {
  delivery: KeptDelivery;
  derivedFrom: string;
  /** The deployments that are counted with it. */
  parts?: string[];
}

/** The hash of a deployment, and the version of the definitions it is judged by. */
export function derivedFromOf(definitions: number, hash: string): string {
  return `${definitions}:${hash}`;
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
        {
          delivery: deliveryFromRow(row),
          derivedFrom: row.derived_from,
          ...(row.parts === null ? {} : { parts: JSON.parse(row.parts) }),
        },
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
    for (const chunk of chunksOf(daysOf(options))) {
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

/**
 * Those of deployments that are other than before, as they were and as they are:
 * not where only what is judged of them differs.
 */
export function movedOf(options: {
  before: readonly StoredDelivery[];
  after: readonly StoredDelivery[];
}): StoredDelivery[] {
  const nameOf = ({ delivery, derivedFrom, parts }: StoredDelivery) =>
    JSON.stringify([
      delivery.id,
      delivery.wentLive,
      delivery.finishedAt,
      derivedFrom.slice(derivedFrom.indexOf(':')),
      parts,
    ]);
  const [old, now] = [options.before, options.after].map(
    each => new Set(each.map(nameOf)),
  );
  return [
    ...options.before.filter(each => !now.has(nameOf(each))),
    ...options.after.filter(each => !old.has(nameOf(each))),
  ];
}

/** The days whose cell is no longer right, sorted. */
function daysOf(options: {
  before: StoredDelivery[];
  after: StoredDelivery[];
}): number[] {
  const { before, after } = options;
  const days = dirtyDaysOf({
    before: before.map(({ delivery }) => delivery),
    after: after.map(({ delivery }) => delivery),
  });
  const now = new Set(after.map(definitionsOf));
  // By other definitions the same deliveries may sum to something else.
  const renewed = before.filter(each => !now.has(definitionsOf(each)));
  return [
    ...new Set([
      ...days,
      ...renewed.map(({ delivery }) => utcDayOf(delivery.finishedAt)),
    ]),
  ].sort((a, b) => a - b);
}

function definitionsOf({ derivedFrom }: StoredDelivery): string {
  return derivedFrom.slice(0, derivedFrom.indexOf(':'));
}
