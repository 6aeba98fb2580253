import type { WantedMeasurement } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { Breather, toNumber } from '../database';
import type { Range } from '../http/range';
import { forgetAhead } from './forgetAhead';
import type { ObjectiveDefinition } from './objectiveRecord';
import { askedFor } from './lateSlots';
import { missingOf } from './ranges';
import { wantedRange } from './wantedRange';

/** Silences that are asked for again in one run: the others have their turn in the next ones. */
const SILENCES_AT_ONCE = 250;

interface WantedSeries extends Omit<WantedMeasurement, 'missing'> {
  wanted: Range;
}

/**
 * Which slots sources are to count: those of valid objectives that were never
 * asked for, and those that may have become known since they were.
 */
export class WantedMeasurements {
  readonly #database: Knex;
  readonly #now: () => number;
  readonly #breather = Breather.create();

  private constructor(options: { database: Knex; now: () => number }) {
    this.#database = options.database;
    this.#now = options.now;
  }

  static create(options: {
    database: Knex;
    now: () => number;
  }): WantedMeasurements {
    return new WantedMeasurements(options);
  }

  /**
   * What a source is to measure, those first that lack the newest slots.
   * Objectives that count the same are asked for once, over the longest of
   * their periods. Three queries.
   *
   * @param options - `reread`: all is to be asked for once more; slots that are
   * known stay, as the tool may have dropped them, and figures until it answers
   */
  async of(
    sourceId: string,
    options: { reread?: boolean } = {},
  ): Promise<WantedMeasurement[]> {
    const now = this.#now();
    if (options.reread) {
      for (const table of ['objective_range', 'objective_silence']) {
        await this.#database(table)
          .whereIn(
            'series_id',
            this.#database('objective_series')
              .where('source', sourceId)
              .select('id'),
          )
          .delete();
      }
    }
    const [objectives, ranges, silences] = await Promise.all([
      this.#database('objective')
        .where('measured_by', sourceId)
        .whereNotNull('series_id')
        .orderBy(['subject_id', 'id'])
        .select('id', 'series_id', 'indicator_id', 'record'),
      this.#database('objective_range')
        .join(
          'objective_series',
          'objective_series.id',
          'objective_range.series_id',
        )
        .where('objective_series.source', sourceId)
        .whereNull('objective_series.unused_since')
        .select('series_id', 'from_at', 'to_at'),
      this.#database('objective_silence')
        .join(
          'objective_series',
          'objective_series.id',
          'objective_silence.series_id',
        )
        .where('objective_silence.due_at', '<=', now)
        .where('objective_series.source', sourceId)
        .whereNull('objective_series.unused_since')
        // One that cannot be measured stays due: it keeps none of the others.
        .orderBy([{ column: 'due_at', order: 'desc' }, 'series_id', 'from_at'])
        .limit(SILENCES_AT_ONCE)
        .select('series_id', 'from_at', 'to_at'),
    ]);
    if (await forgetAhead({ database: this.#database, ranges, now })) {
      return this.of(sourceId);
    }
    const known = rangesOf(ranges);
    const due = rangesOf(silences);
    const bySeries = new Map<string, WantedSeries>();
    for (const { id, series_id, indicator_id, record } of objectives) {
      await this.#breather.breathe();
      const { objective } = JSON.parse(record) as ObjectiveDefinition;
      if (!objective) {
        continue;
      }
      const { period, indicator } = objective;
      const wanted = wantedRange({ period, now });
      const same = bySeries.get(series_id);
      if (same) {
        same.wanted.from = Math.min(same.wanted.from, wanted.from);
      } else {
        bySeries.set(series_id, {
          id,
          indicatorId: indicator_id,
          indicator,
          wanted,
        });
      }
    }
    return [...bySeries]
      .map(([seriesId, { wanted, ...asked }]) => ({
        ...asked,
        missing: askedFor({
          wanted,
          missing: missingOf(wanted, known.get(seriesId) ?? []),
          due: due.get(seriesId) ?? [],
        }),
      }))
      .filter(({ missing }) => missing.length > 0)
      .sort((a, b) => b.missing[0].to - a.missing[0].to);
  }
}

function rangesOf(
  rows: Record<'series_id' | 'from_at' | 'to_at', any>[],
): Map<string, Range[]> {
  const bySeries = new Map<string, Range[]>();
  for (const { series_id, from_at, to_at } of rows) {
    const list = bySeries.get(series_id) ?? [];
    bySeries.set(series_id, list);
    list.push({ from: toNumber(from_at), to: toNumber(to_at) });
  }
  return bySeries;
}
