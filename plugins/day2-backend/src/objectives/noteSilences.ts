import { SLOT_MS } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { chunksOf, toNumber } from '../database';
import { dueAgain, joinSilences, type Silence } from './lateSlots';
import { missingOf } from './ranges';
import type { SaidMeasurements } from './saidMeasurements';

/**
 * Notes which of the slots that were answered are to be asked for again, in the
 * caller's transaction.
 *
 * @param options - `silent`: starts of those of which nothing is known, by series
 */
export async function noteSilences(options: {
  transaction: Knex.Transaction;
  said: SaidMeasurements;
  silent: ReadonlyMap<string, { silent: number[] }>;
  now: number;
}): Promise<void> {
  const { transaction, said, silent, now } = options;
  for (const chunk of chunksOf([...said.keys()].sort())) {
    const known = await load(transaction, chunk);
    const other: string[] = [];
    const rows: Record<string, string | number>[] = [];
    for (const id of chunk) {
      const before = known.get(id) ?? [];
      const slots = silent.get(id)?.silent ?? [];
      const after = joinSilences([
        ...before.flatMap(({ dueAt, ...range }) =>
          missingOf(range, said.get(id)!).map(rest => ({ ...rest, dueAt })),
        ),
        ...[...new Set(slots)].flatMap(from => {
          const dueAt = dueAgain(from, now);
          return dueAt === undefined
            ? []
            : [{ from, to: from + SLOT_MS, dueAt }];
        }),
      ]);
      if (JSON.stringify(after) !== JSON.stringify(before)) {
        other.push(id);
        rows.push(
          ...after.map(({ from, to, dueAt }) => ({
            series_id: id,
            from_at: from,
            to_at: to,
            due_at: dueAt,
          })),
        );
      }
    }
    if (other.length > 0) {
      await transaction('objective_silence')
        .whereIn('series_id', other)
        .delete();
    }
    for (const more of chunksOf(rows)) {
      await transaction('objective_silence').insert(more);
    }
  }
}

/** In their order. */
async function load(
  transaction: Knex.Transaction,
  seriesIds: string[],
): Promise<Map<string, Silence[]>> {
  const rows: Record<'series_id' | 'from_at' | 'to_at' | 'due_at', any>[] =
    await transaction('objective_silence')
      .whereIn('series_id', seriesIds)
      .orderBy(['series_id', 'from_at'])
      .select('series_id', 'from_at', 'to_at', 'due_at');
  const found = new Map<string, Silence[]>();
  for (const { series_id, from_at, to_at, due_at } of rows) {
    const list = found.get(series_id) ?? [];
    found.set(series_id, list);
    list.push({
      from: toNumber(from_at),
      to: toNumber(to_at),
      dueAt: toNumber(due_at),
    });
  }
  return found;
}
