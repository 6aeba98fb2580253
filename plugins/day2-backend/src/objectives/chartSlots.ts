import {
  BASE_MS,
  DAY_MS,
  type SlotSeries,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import type { Range } from '../http/range';
import { wholeSlots } from './ranges';
import { slotStore } from './slotStore';

/** A chart begins and ends with whole steps, and a month is longer than its nominal 30 days. */
const BEFORE_MS = 3 * DAY_MS;
const AFTER_MS = DAY_MS;

/** The oldest instant of which a slot may be kept; nothing where none is. */
export async function oldestKept(
  database: Knex,
  seriesId: string,
): Promise<number | undefined> {
  const row = await database('objective_day')
    .where('series_id', seriesId)
    .min({ day: 'day' })
    .first();
  return row?.day === null || row?.day === undefined
    ? undefined
    : Number(row.day) * DAY_MS;
}

/**
 * The slots that a chart is drawn from, and those that tell what spent the budget
 * of the period now: as long as the two are, however far apart, and nothing of
 * time of which nothing is kept.
 *
 * @param options - `lengthMs`: of a period
 */
export async function chartSlots(options: {
  database: Knex;
  seriesId: string;
  range: Range;
  period: Range;
  lengthMs: number;
  /** The first that may be kept, and the end of the last. */
  kept: Range;
}): Promise<{ drawn: SlotSeries; spent: SlotSeries }> {
  const { database, seriesId, range, period, lengthMs, kept } = options;
  const slots = async (asked: Range) => {
    const found = await slotStore.slots(database, {
      ...wholeSlots({
        from: Math.max(asked.from, kept.from),
        to: Math.min(asked.to, kept.to),
      }),
      seriesIds: [seriesId],
    });
    return found.get(seriesId)!;
  };
  const drawn = {
    from: range.from - lengthMs - BEFORE_MS,
    to: range.to + AFTER_MS,
  };
  const spent = { from: period.from - BASE_MS - DAY_MS, to: kept.to };
  if (drawn.from <= spent.to && spent.from <= drawn.to) {
    const all = await slots({
      from: Math.min(drawn.from, spent.from),
      to: Math.max(drawn.to, spent.to),
    });
    return { drawn: all, spent: all };
  }
  return { drawn: await slots(drawn), spent: await slots(spent) };
}
