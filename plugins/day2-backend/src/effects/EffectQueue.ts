import type { Effect } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { chunksOf } from '../database';
import { queueEffects, type Transition } from './queueEffects';

/** A transition before it is known whom it concerns. */
export interface RecordTransition
  extends Omit<Transition, 'services' | 'backfill'> {
  serviceIds: string[];
  /** Ids of the sources that told of it. */
  sources: string[];
}

/** Queues what became of records, in the transaction that writes them. */
export class EffectQueue {
  readonly #effects: () => Effect[];
  readonly #now: () => number;

  private constructor(options: { effects: () => Effect[]; now: () => number }) {
    this.#effects = options.effects;
    this.#now = options.now;
  }

  static create(options: {
    effects: () => Effect[];
    now: () => number;
  }): EffectQueue {
    return new EffectQueue(options);
  }

  /** Whether anybody is told of anything. */
  get isUsed(): boolean {
    return this.#effects().length > 0;
  }

  async queue(
    transaction: Knex.Transaction,
    transitions: RecordTransition[],
  ): Promise<void> {
    if (transitions.length === 0 || !this.isUsed) {
      return;
    }
    const [refs, unread] = await Promise.all([
      serviceRefs(
        transaction,
        transitions.flatMap(({ serviceIds }) => serviceIds),
      ),
      unreadSources(transaction),
    ]);
    await queueEffects({
      transaction,
      effects: this.#effects(),
      transitions: transitions.map(({ serviceIds, sources, ...rest }) => ({
        ...rest,
        services: serviceIds.flatMap(id => refs.get(id) ?? []).sort(),
        // What a source says before it was read to its end once is its past.
        backfill: sources.some(id => unread.has(id)),
      })),
      now: this.#now(),
    });
  }
}

/** Of services that are in the catalog. */
async function serviceRefs(
  transaction: Knex.Transaction,
  ids: string[],
): Promise<Map<string, string>> {
  const refs = new Map<string, string>();
  for (const chunk of chunksOf([...new Set(ids)])) {
    const rows = await transaction('service')
      .whereIn('id', chunk)
      .whereNull('removed_at')
      .select('id', 'ref');
    rows.forEach(({ id, ref }) => refs.set(id, ref));
  }
  return refs;
}

async function unreadSources(
  transaction: Knex.Transaction,
): Promise<Set<string>> {
  return new Set(
    await transaction('source').whereNull('last_success_at').pluck('id'),
  );
}
