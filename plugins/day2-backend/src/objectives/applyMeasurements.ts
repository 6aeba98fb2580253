import type { MeasurementObservation } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { chunksOf } from '../database';
import type { Range } from '../http/range';
import { markMeasured } from '../suspects/markMeasured';
import { addRanges } from './addRanges';
import { addSlots } from './addSlots';
import { markObjectivesDirty } from './dirtyObjectives';
import { noteSilences } from './noteSilences';

/** What became of measurements. */
export interface AppliedMeasurements {
  applied: number;
  ignored: number;
  /** Slots that nothing was known of before. */
  added: number;
}

/**
 * Takes in what a source counted, in the caller's transaction: slots are put
 * over those of their day, the time that was answered is joined with what was
 * known. Nothing is taken in of an objective that is gone, or has another
 * indicator by now, or that another source measures.
 */
export async function applyMeasurements(options: {
  transaction: Knex.Transaction;
  source: string;
  measurements: MeasurementObservation[];
  now: number;
}): Promise<AppliedMeasurements> {
  const { transaction, source, measurements, now } = options;
  const result: AppliedMeasurements = { applied: 0, ignored: 0, added: 0 };
  if (measurements.length === 0) {
    return result;
  }
  const seriesOfObjective = await findSeries({
    transaction,
    source,
    ids: measurements.map(({ objective }) => objective),
  });
  const said = new Map<string, MeasurementObservation[]>();
  for (const measurement of measurements) {
    const { objective, indicator, from, to } = measurement;
    const series = seriesOfObjective.get(objective);
    if (series?.indicatorId === indicator && from < to) {
      const list = said.get(series.id) ?? [];
      said.set(series.id, list);
      list.push(measurement);
      result.applied += 1;
    } else {
      result.ignored += 1;
    }
  }
  const slots = await addSlots({ transaction, said, now });
  const grown = await addRanges({ transaction, said });
  await noteSilences({ transaction, said, silent: slots, now });
  const others: string[] = [];
  const changed = new Map<string, Range[]>();
  for (const [id, of] of slots) {
    result.added += of.added;
    if (of.changed.length > 0) {
      changed.set(id, of.changed);
    }
    if (of.changed.length > 0 || grown.has(id)) {
      others.push(id);
    }
  }
  await markOthers({ transaction, seriesIds: others.sort(), changed, now });
  return result;
}

/**
 * Lets be told anew what follows from series. Objectives are marked before series
 * are locked: what derives them locks its marks first, and the series then.
 */
async function markOthers(options: {
  transaction: Knex.Transaction;
  seriesIds: string[];
  /** The slots that are other than before, by series. */
  changed: ReadonlyMap<string, Range[]>;
  now: number;
}): Promise<void> {
  const { transaction, seriesIds, changed, now } = options;
  const measured: { subject_id: string; series_id: string }[] = [];
  for (const chunk of chunksOf(seriesIds)) {
    measured.push(
      ...(await transaction('objective')
        .whereIn('series_id', chunk)
        .distinct('subject_id', 'series_id')),
    );
  }
  await markObjectivesDirty(
    transaction,
    measured.map(row => row.subject_id),
    now,
  );
  for (const chunk of chunksOf(seriesIds)) {
    await transaction('objective_series')
      .whereIn('id', chunk)
      .update({ version: transaction.raw('?? + 1', ['version']) });
  }
  await markMeasured(
    transaction,
    measured.map(row => ({
      subjectId: row.subject_id,
      changed: changed.get(row.series_id) ?? [],
    })),
    now,
  );
}

async function findSeries(options: {
  transaction: Knex.Transaction;
  source: string;
  ids: string[];
}): Promise<Map<string, { id: string; indicatorId: string }>> {
  const found = new Map<string, { id: string; indicatorId: string }>();
  for (const chunk of chunksOf([...new Set(options.ids)])) {
    const rows = await options
      .transaction('objective')
      .whereIn('id', chunk)
      .where('measured_by', options.source)
      .whereNotNull('series_id')
      .select('id', 'series_id', 'indicator_id');
    for (const { id, series_id, indicator_id } of rows) {
      found.set(id, { id: series_id, indicatorId: indicator_id });
    }
  }
  return found;
}
