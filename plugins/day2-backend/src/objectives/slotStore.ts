import {
  DAY_MS,
  joinSeries,
  unpackDay,
  type SlotSeries,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { chunksOf, toNumber } from '../database';
import type { Range } from '../http/range';
import { whereInList } from '../permissions/whereService';

/** What is known of a series besides its slots. */
export interface SeriesKnowledge {
  version: number;
  /** The oldest first; none touches another. */
  ranges: Range[];
}

/** The measured slots as they are kept: by series and UTC day, packed. */
export const slotStore = {
  /** How much is known of series. */
  async knowledge(
    database: Knex,
    seriesIds: string[],
  ): Promise<Map<string, SeriesKnowledge>> {
    const query = database('objective_series')
      .leftJoin(
        'objective_range',
        'objective_range.series_id',
        'objective_series.id',
      )
      .orderBy(['objective_series.id', 'objective_range.from_at'])
      .select(
        'objective_series.id',
        'objective_series.version',
        'objective_range.from_at',
        'objective_range.to_at',
      );
    whereInList(query, { column: 'objective_series.id', values: seriesIds });
    const found = new Map<string, SeriesKnowledge>();
    for (const { id, version, from_at, to_at } of await query) {
      const known = found.get(id) ?? { version: toNumber(version), ranges: [] };
      if (from_at !== null) {
        known.ranges.push({ from: toNumber(from_at), to: toNumber(to_at) });
      }
      found.set(id, known);
    }
    return found;
  },

  /** Slots of a range, by series; of what no day is kept, nothing is known. */
  async slots(
    database: Knex,
    options: Range & { seriesIds: string[] },
  ): Promise<Map<string, SlotSeries>> {
    const { seriesIds, from, to } = options;
    const parts = new Map<string, SlotSeries[]>();
    for (const chunk of chunksOf(seriesIds)) {
      const rows: { series_id: string; day: number; slots: Uint8Array }[] =
        await database('objective_day')
          .whereIn('series_id', chunk)
          .whereBetween('day', [dayOf(from), dayOf(to - 1)])
          .select('series_id', 'day', 'slots');
      for (const { series_id, day, slots } of rows) {
        const days = parts.get(series_id) ?? [];
        days.push(unpackDay({ day, bytes: slots }));
        parts.set(series_id, days);
      }
    }
    return new Map(
      seriesIds.map(id => [
        id,
        joinSeries({ from, to, parts: parts.get(id) ?? [] }),
      ]),
    );
  },
};

/** UTC day of an instant: days since 1970. */
export function dayOf(at: number): number {
  return Math.floor(at / DAY_MS);
}
