import type { Knex } from 'knex';
import { markSuspectsDirty } from './dirtySuspects';
import type { SuspectDeriver } from './SuspectDeriver';

/** More would keep others waiting who derive incidents. */
const MAX_AT_ONCE = 10;

/**
 * Judges the suspects of incidents as these are derived: of a few at once, so
 * that whoever corrects one sees what it makes; of all by the worker once they
 * are committed.
 *
 * @remarks So that of an incident and a deployment that are written at the same
 * time the later one sees the earlier.
 */
export class IncidentSuspects {
  readonly #deriver: SuspectDeriver;

  private constructor(options: { deriver: SuspectDeriver }) {
    this.#deriver = options.deriver;
  }

  static create(options: { deriver: SuspectDeriver }): IncidentSuspects {
    return new IncidentSuspects(options);
  }

  async derive(
    transaction: Knex.Transaction,
    options: { incidentIds: string[]; now: number },
  ): Promise<void> {
    const { incidentIds, now } = options;
    if (incidentIds.length <= MAX_AT_ONCE) {
      await this.#deriver.derive(transaction, options);
    }
    await markSuspectsDirty(transaction, incidentIds, now);
  }
}
