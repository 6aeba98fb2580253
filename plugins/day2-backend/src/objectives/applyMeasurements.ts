import {
  DAY_MS,
  joinSeries,
  packDay,
  seriesOf,
  unpackDay,
  type Slot,
  type SlotSeries,
} from '@day2/backstage-plugin-day2-common';
import type { MeasurementObservation } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { chunksOf, toNumber } from '../database';
import type { Range } from '../http/range';
import { markMeasured } from '../suspects/markMeasured';
import { markObjectivesDirty } from './dirtyObjectives';
import { joinRanges } from './ranges';
import { dayOf } from './slotStore';

/** What became of measurements. */
export interface AppliedMeasurements {
  applied: number;
  ignored: number;
  /** Slots that nothing was known of before. */
  added: number;
}

/**
 * Takes in what a source counted, in the caller's transaction: slots are joined
 * with those of their day, the time that was answered with what was known.
 * Nothing is taken in of an objective that is gone, or has another indicator by
 * now, or that another source measures.
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
  const bySeries = new Map<string, MeasurementObservation[]>();
  for (const measurement of measurements) {
    const { objective, indicator, from, to } = measurement;
    const series = seriesOfObjective.get(objective);
    if (series?.indicatorId === indicator && from < to) {
      const list = bySeries.get(series.id) ?? [];
      bySeries.set(series.id, [...list, measurement]);
      result.applied += 1;
    } else {
      result.ignored += 1;
    }
  }
  const changed: string[] = [];
  for (const id of [...bySeries.keys()].sort()) {
    const said = bySeries.get(id) as MeasurementObservation[];
    const added = await addSlots({ transaction, id, said });
    const grown = await addRanges({ transaction, id, said });
    result.added += added.slots;
    if (added.changed || grown) {
      changed.push(id);
    }
  }
  for (const chunk of chunksOf(changed)) {
    await transaction('objective_series')
      .whereIn('id', chunk)
      .update({ version: transaction.raw('?? + 1', ['version']) });
    const subjects: string[] = await transaction('objective')
      .whereIn('series_id', chunk)
      .distinct()
      .pluck('subject_id');
    await markObjectivesDirty(transaction, subjects, now);
    await markMeasured(transaction, { subjects, measurements }, now);
  }
  return result;
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

async function addSlots(options: {
  transaction: Knex.Transaction;
  id: string;
  said: MeasurementObservation[];
}): Promise<{ slots: number; changed: boolean }> {
  const { transaction, id, said } = options;
  // Only what was asked for: of the rest it is not known to be whole.
  const slots = new Map<number, Slot[]>();
  for (const { from, to, slots: all } of said) {
    for (const slot of all.filter(({ at }) => at >= from && at < to)) {
      const day = dayOf(slot.at);
      const ofDay = slots.get(day) ?? [];
      ofDay.push(slot);
      slots.set(day, ofDay);
    }
  }
  const days = [...slots.keys()].sort((a, b) => a - b);
  const kept = new Map<number, Uint8Array>();
  for (const chunk of chunksOf(days)) {
    const rows = await transaction('objective_day')
      .where({ series_id: id })
      .whereIn('day', chunk)
      .select('day', 'slots');
    rows.forEach(row => kept.set(row.day, row.slots));
  }
  const rows: { series_id: string; day: number; slots: Buffer }[] = [];
  let added = 0;
  for (const day of days) {
    const range = { from: day * DAY_MS, to: (day + 1) * DAY_MS };
    const bytes = kept.get(day);
    const before = bytes && unpackDay({ day, bytes });
    const joined = joinSeries({
      ...range,
      parts: [
        ...(before ? [before] : []),
        seriesOf({ ...range, slots: slots.get(day) ?? [] }),
      ],
    });
    const packed = Buffer.from(packDay(joined));
    added += known(joined) - (before ? known(before) : 0);
    if (!bytes || !packed.equals(bytes)) {
      rows.push({ series_id: id, day, slots: packed });
    }
  }
  for (const chunk of chunksOf(rows)) {
    await transaction('objective_day')
      .insert(chunk)
      .onConflict(['series_id', 'day'])
      .merge();
  }
  return { slots: added, changed: rows.length > 0 };
}

async function addRanges(options: {
  transaction: Knex.Transaction;
  id: string;
  said: Range[];
}): Promise<boolean> {
  const { transaction, id, said } = options;
  const rows: { from_at: string | number; to_at: string | number }[] =
    await transaction('objective_range')
      .where({ series_id: id })
      .select('from_at', 'to_at');
  const before = joinRanges(
    rows.map(({ from_at, to_at }) => ({
      from: toNumber(from_at),
      to: toNumber(to_at),
    })),
  );
  const after = joinRanges([...before, ...said]);
  if (JSON.stringify(after) === JSON.stringify(before)) {
    return false;
  }
  await transaction('objective_range').where({ series_id: id }).delete();
  for (const chunk of chunksOf(after)) {
    await transaction('objective_range').insert(
      chunk.map(({ from, to }) => ({
        series_id: id,
        from_at: from,
        to_at: to,
      })),
    );
  }
  return true;
}

function known(series: SlotSeries): number {
  return series.total.reduce(
    (n, total) => (Number.isNaN(total) ? n : n + 1),
    0,
  );
}
