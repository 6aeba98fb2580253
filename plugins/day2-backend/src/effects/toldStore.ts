import type { Knex } from 'knex';
import { chunksOf, toNumber } from '../database';
import { OVER } from './newsOf';

/** What an effect was told of a record last. */
export interface Told {
  effect: string;
  /** As it was announced. */
  recordId: string;
  state: string;
  /** The most pressing that was told. */
  priority?: number;
  /** Ids of those that were told. */
  serviceIds: string[];
  /** How often it was told. */
  revision: number;
  announcedAt: number;
  toldAt: number;
}

/** The rows of what was told. */
export const toldStore = {
  /** Those that were announced first come first. */
  async of(transaction: Knex, recordIds: string[]): Promise<Told[]> {
    const found: Told[] = [];
    for (const chunk of chunksOf([...new Set(recordIds)])) {
      const rows = await transaction('effect_told')
        .whereIn('record_id', chunk)
        .select();
      found.push(...rows.map(readTold));
    }
    return found.sort(
      (a, b) =>
        a.announcedAt - b.announcedAt || (a.recordId < b.recordId ? -1 : 1),
    );
  },

  async write(transaction: Knex, told: Told[]): Promise<void> {
    for (const chunk of chunksOf(told, 20)) {
      await transaction('effect_told')
        .insert(
          chunk.map(each => ({
            effect: each.effect,
            record_id: each.recordId,
            state: each.state,
            priority: each.priority ?? null,
            services: JSON.stringify(each.serviceIds),
            revision: each.revision,
            announced_at: each.announcedAt,
            told_at: each.toldAt,
          })),
        )
        .onConflict(['record_id', 'effect'])
        .merge();
    }
  },

  async remove(
    database: Knex,
    { effect, recordId }: { effect: string; recordId: string },
  ): Promise<void> {
    await database('effect_told')
      .where({ effect, record_id: recordId })
      .delete();
  },

  /** Deletes what ended before. */
  async forget(database: Knex, before: number): Promise<void> {
    await database('effect_told')
      .whereIn('state', [...OVER])
      .where('told_at', '<', before)
      .delete();
  },
};

function readTold(row: Record<string, any>): Told {
  return {
    effect: row.effect,
    recordId: row.record_id,
    state: row.state,
    priority: row.priority ?? undefined,
    serviceIds: JSON.parse(row.services),
    revision: row.revision,
    announcedAt: toNumber(row.announced_at)!,
    toldAt: toNumber(row.told_at)!,
  };
}
