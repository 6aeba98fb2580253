import {
  DAY_MS,
  packDay,
  SLOT_MS,
  unpackDay,
  type Slot,
  type SlotSeries,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { chunksOf } from '../database';
import type { Range } from '../http/range';
import { correctDay } from './correctDay';
import { FINAL_MS } from './lateSlots';
import { joinRanges } from './ranges';
import type { SaidMeasurements } from './saidMeasurements';
import { dayOf } from './slotStore';

/** What became of the slots of a series. */
export interface AddedSlots {
  /** Slots that nothing was known of before. */
  added: number;
  /** The slots that are other than before. */
  changed: Range[];
  /** Starts of slots of the last day that were answered, and of which nothing is known. */
  silent: number[];
}

interface Day {
  seriesId: string;
  day: number;
  slots: Slot[];
  /** What was answered of the last day. */
  late: Range[];
}

/**
 * Puts what was counted over what was known, in the caller's transaction: one
 * statement for many days, whatever series they are of.
 *
 * @returns what became of each series
 */
export async function addSlots(options: {
  transaction: Knex.Transaction;
  said: SaidMeasurements;
  now: number;
}): Promise<Map<string, AddedSlots>> {
  const { transaction, said, now } = options;
  const result = new Map<string, AddedSlots>(
    [...said.keys()].map(id => [id, { added: 0, changed: [], silent: [] }]),
  );
  for (const chunk of chunksOf(daysOf(said, now - FINAL_MS))) {
    const kept = await load(transaction, chunk);
    const rows: { series_id: string; day: number; slots: Buffer }[] = [];
    for (const { seriesId, day, slots, late } of chunk) {
      const bytes = kept.get(`${seriesId} ${day}`);
      const before = bytes && unpackDay({ day, bytes });
      const { series, added, changed } = correctDay({ day, before, slots });
      const into = result.get(seriesId)!;
      into.added += added;
      into.changed = joinRanges([...into.changed, ...changed]);
      into.silent.push(...silentIn(series, late));
      if (changed.length > 0) {
        const packed = Buffer.from(packDay(series));
        rows.push({ series_id: seriesId, day, slots: packed });
      }
    }
    if (rows.length > 0) {
      await transaction('objective_day')
        .insert(rows)
        .onConflict(['series_id', 'day'])
        .merge();
    }
  }
  return result;
}

/** In one order by everybody. */
function daysOf(said: SaidMeasurements, lateFrom: number): Day[] {
  const days = new Map<string, Day>();
  const dayFor = (seriesId: string, day: number) => {
    const key = `${seriesId} ${day}`;
    const found = days.get(key) ?? { seriesId, day, slots: [], late: [] };
    days.set(key, found);
    return found;
  };
  for (const [seriesId, measurements] of said) {
    for (const { from, to, slots } of measurements) {
      let last: Day | undefined;
      for (const slot of slots) {
        // Only what was asked for: of the rest it is not known to be whole.
        if (slot.at >= from && slot.at < to) {
          const day = dayOf(slot.at);
          last = last?.day === day ? last : dayFor(seriesId, day);
          last.slots.push(slot);
        }
      }
      const late = Math.max(from, Math.floor(lateFrom / SLOT_MS) * SLOT_MS);
      for (let at = late; at < to; at = (dayOf(at) + 1) * DAY_MS) {
        dayFor(seriesId, dayOf(at)).late.push({
          from: at,
          to: Math.min(to, (dayOf(at) + 1) * DAY_MS),
        });
      }
    }
  }
  return [...days.values()].sort(
    (a, b) =>
      Number(a.seriesId > b.seriesId) - Number(a.seriesId < b.seriesId) ||
      a.day - b.day,
  );
}

async function load(
  transaction: Knex.Transaction,
  days: Day[],
): Promise<Map<string, Uint8Array>> {
  const rows: { series_id: string; day: number; slots: Uint8Array }[] =
    await transaction('objective_day')
      .whereIn(
        ['series_id', 'day'],
        days.map(({ seriesId, day }) => [seriesId, day]),
      )
      .select('series_id', 'day', 'slots');
  return new Map(
    rows.map(({ series_id, day, slots }) => [`${series_id} ${day}`, slots]),
  );
}

function silentIn({ from, total }: SlotSeries, ranges: Range[]): number[] {
  return ranges.flatMap(range => {
    const silent: number[] = [];
    for (let at = range.from; at < range.to; at += SLOT_MS) {
      if (Number.isNaN(total[(at - from) / SLOT_MS])) {
        silent.push(at);
      }
    }
    return silent;
  });
}
