import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Effect } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { chunksOf } from '../database';
import { deliveredLately } from './deliveredReferences';
import { newsToTell } from './newsToTell';
import type { Standing } from './Standing';
import { toldStore } from './toldStore';

/** Queues what became of records, in the transaction that writes them. */
export class EffectQueue {
  readonly #effects: () => Effect[];
  readonly #logger: LoggerService;
  readonly #now: () => number;

  private constructor(options: EffectQueueOptions) {
    this.#effects = options.effects;
    this.#logger = options.logger;
    this.#now = options.now;
  }

  static create(options: EffectQueueOptions): EffectQueue {
    return new EffectQueue(options);
  }

  /** Whether anybody is told of anything. */
  get isUsed(): boolean {
    return this.#effects().length > 0;
  }

  async queue(
    transaction: Knex.Transaction,
    standings: Standing[],
  ): Promise<void> {
    if (standings.length === 0 || !this.isUsed) {
      return;
    }
    const now = this.#now();
    const told = await toldStore.of(
      transaction,
      standings.flatMap(({ aliases }) => aliases),
    );
    const refs = await serviceRefs(
      transaction,
      [...standings, ...told].flatMap(({ serviceIds }) => serviceIds),
    );
    const past = await pastOf({ transaction, standings, now });
    const { rows, written, muted } = newsToTell({
      effects: this.#effects(),
      standings,
      told,
      refs,
      past,
      now,
    });
    for (const chunk of chunksOf(rows, 50)) {
      await transaction('effect').insert(chunk).onConflict('id').ignore();
    }
    await toldStore.write(transaction, written);
    if (muted > 0) {
      this.#logger.info(
        'What was open before its source was read once is told to nobody',
        { count: muted },
      );
    }
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

/**
 * What only sources say that were never read to their end: it may be their past.
 * But what a tool told of itself is of now.
 */
async function pastOf(options: {
  transaction: Knex.Transaction;
  standings: Standing[];
  now: number;
}): Promise<Set<Standing>> {
  const { transaction, standings, now } = options;
  const unread = new Set<string>(
    await transaction('source').whereNull('last_success_at').pluck('id'),
  );
  const past = standings.filter(
    ({ origins }) =>
      origins.length > 0 && origins.every(({ source }) => unread.has(source)),
  );
  const delivered = await deliveredLately({
    transaction,
    referenceIds: past.flatMap(({ origins }) =>
      origins.map(({ referenceId }) => referenceId),
    ),
    now,
  });
  return new Set(
    past.filter(
      ({ origins }) =>
        !origins.some(({ referenceId }) => delivered.has(referenceId)),
    ),
  );
}

/** What the queue needs. */
export interface EffectQueueOptions {
  effects: () => Effect[];
  logger: LoggerService;
  now: () => number;
}
