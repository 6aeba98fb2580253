import {
  deliveriesOf,
  eventsOf,
  keptDeliveryOf,
  type DeliveredCommit,
  type DeliveryInput,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { Breather, chunksOf, hashOf, type DeploymentRecord } from '../database';
import type { DerivedDeployment } from '../deployments/DeploymentStore';
import type { SequenceKey } from '../derive/DirtyMarks';
import { markSuspectsAround } from '../suspects/dirtySuspects';
import { linkedIncidents } from '../suspects/linkedIncidents';
import { deliveredCommits } from './deliveredCommits';
import {
  deliveryStore,
  derivedFromOf,
  movedOf,
  type StoredDelivery,
} from './deliveryStore';

const ROWS_PER_TRANSACTION = 100;

/**
 * Keeps the deliveries of sequences: what each deployment adds to the figures.
 *
 * @remarks Deployments look at each other (a rollback fails the one it
 * replaced), so that a sequence is judged whole, and only what differs is
 * written. Commits are read of those deployments alone that are not as they
 * were: the lead times of the others stand.
 */
export class SequenceDeliveries {
  readonly #database: Knex;
  readonly #now: () => number;
  readonly #definitions: number;

  private constructor(options: SequenceDeliveriesOptions) {
    this.#database = options.database;
    this.#now = options.now;
    this.#definitions = options.definitions;
  }

  static create(options: SequenceDeliveriesOptions): SequenceDeliveries {
    return new SequenceDeliveries(options);
  }

  /**
   * Brings the deliveries of a sequence up to its deployments, which are
   * committed, and marks the cells that change, in the same transactions.
   *
   * @param options - `write`: runs work in a transaction, and answers false
   * where the sequence is no longer ours to write
   * @returns false where it was not written to the end
   */
  async update(options: {
    sequence: SequenceKey;
    deployments: DerivedDeployment[];
    write: (
      work: (transaction: Knex.Transaction) => Promise<void>,
    ) => Promise<boolean>;
  }): Promise<boolean> {
    const { sequence, write } = options;
    const stored = await deliveryStore.load(this.#database, sequence);
    const derived = await this.#derive({ ...options, stored });
    const changed = derived.filter(each => {
      const before = stored.get(each.delivery.id);
      return !before || JSON.stringify(before) !== JSON.stringify(each);
    });
    const kept = new Set(derived.map(({ delivery }) => delivery.id));
    const gone = [...stored.values()].filter(
      ({ delivery }) => !kept.has(delivery.id),
    );
    const breather = Breather.create();
    const work = [
      ...chunksOf(gone, ROWS_PER_TRANSACTION).map(before => ({
        before,
        after: [],
      })),
      ...chunksOf(changed, ROWS_PER_TRANSACTION).map(after => ({
        before: after.flatMap(({ delivery }) => stored.get(delivery.id) ?? []),
        after,
      })),
    ];
    for (const part of work) {
      await breather.breathe();
      const written = await write(transaction =>
        this.#replace(transaction, { sequence, ...part }),
      );
      if (!written) {
        return false;
      }
    }
    return true;
  }

  async #replace(
    transaction: Knex.Transaction,
    options: {
      sequence: SequenceKey;
      before: StoredDelivery[];
      after: StoredDelivery[];
    },
  ): Promise<void> {
    const now = this.#now();
    await deliveryStore.replace(transaction, { ...options, now });
    await markSuspectsAround(
      transaction,
      movedOf(options).map(({ delivery: { id, finishedAt } }) => ({
        id,
        serviceId: options.sequence.serviceId,
        at: finishedAt,
      })),
      now,
    );
  }

  async #derive(options: {
    sequence: SequenceKey;
    deployments: DerivedDeployment[];
    stored: Map<string, StoredDelivery>;
  }): Promise<StoredDelivery[]> {
    const { sequence, deployments, stored } = options;
    const events = eventsOf(
      deployments.map(({ deployment }) => deployment),
    ).map(places => {
      const parts = places.map(at => deployments[at].row);
      const [{ id, hash }, ...others] = parts;
      const derivedFrom = derivedFromOf(
        this.#definitions,
        others.length === 0 ? hash : hashOf(parts.map(row => row.hash)),
      );
      const before = stored.get(id);
      const known =
        before?.derivedFrom === derivedFrom ? before.delivery : undefined;
      return {
        id,
        ids: parts.map(row => row.id),
        derivedFrom,
        known,
        ...(others.length === 0 ? {} : { parts: others.map(row => row.id) }),
      };
    });
    const byId = new Map(events.map(event => [event.id, event]));
    const commits = await deliveredCommits({
      database: this.#database,
      sequence,
      whole: events.flatMap(({ known, ids }) => (known ? [] : ids)),
    });
    const incidents = await linkedIncidents(this.#database, sequence);
    const deliveries = deliveriesOf({
      sequence: deployments.map(each => ({
        ...toInput(each, commits.get(each.row.id) ?? []),
        incidents: incidents.get(each.row.id),
      })),
    });
    return deliveries.map(delivery => {
      const {
        known: before,
        derivedFrom,
        parts,
      } = byId.get(delivery.id) as (typeof events)[number];
      return {
        delivery: keptDeliveryOf(
          before
            ? {
                ...delivery,
                lead: before.lead,
                reasons: { ...delivery.reasons, lead: before.reasons.lead },
              }
            : delivery,
        ),
        derivedFrom,
        ...(parts ? { parts } : {}),
      };
    });
  }
}

/** What the deliveries of sequences need. */
export interface SequenceDeliveriesOptions {
  database: Knex;
  now: () => number;
  /** Version of the definitions: what another one gave is derived anew. */
  definitions: number;
}

function toInput(
  { row, deployment }: DerivedDeployment,
  list: DeliveredCommit[],
): DeliveryInput {
  const { carriedReason, firstUnknown } = JSON.parse(
    row.record,
  ) as DeploymentRecord;
  return {
    ...deployment,
    id: row.id,
    commits: {
      list,
      complete: row.carried_complete && firstUnknown === undefined,
      reason: row.carried_complete ? firstUnknown : carriedReason,
    },
  };
}
