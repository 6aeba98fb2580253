import type { Knex } from 'knex';
import { chunksOf, inTransaction } from '../database';
import type { ObjectivePlace } from './deriveObjective';

/**
 * What no objective is measured by is kept that long: a file that was broken or
 * moved finds its slots again, some of which the tool may have dropped by then.
 */
const KEPT_UNUSED_MS = 30 * 86_400_000;
const PURGED_AT_ONCE = 20;

/** Notes which series are in use, in the transaction that writes objectives. */
export async function noteUse(options: {
  transaction: Knex.Transaction;
  used: ObjectivePlace[];
  /** Ids of series that objectives were measured by before. */
  left: string[];
  now: number;
}): Promise<void> {
  const { transaction, now } = options;
  const used = new Map(
    options.used.flatMap(({ series_id, measured_by, indicator_id }) =>
      series_id
        ? [
            [
              series_id,
              {
                id: series_id,
                source: measured_by,
                indicator_id,
                version: 0,
                unused_since: null,
              },
            ] as const,
          ]
        : [],
    ),
  );
  for (const chunk of chunksOf([...used.keys()].sort())) {
    // Nothing is locked of what is in use already: measurements are put in it
    // meanwhile. First what is there: it might be purged after it was found.
    await transaction('objective_series')
      .whereIn('id', chunk)
      .whereNotNull('unused_since')
      .update({ unused_since: null });
    await transaction('objective_series')
      .insert(chunk.map(id => used.get(id)))
      .onConflict('id')
      .ignore();
  }
  for (const chunk of chunksOf([...new Set(options.left)].sort())) {
    await transaction('objective_series')
      .whereIn('id', chunk)
      .whereNotIn(
        'id',
        transaction('objective')
          .whereIn('series_id', chunk)
          .select('series_id'),
      )
      .update({ unused_since: now });
  }
}

/** Forgets slots that nothing was measured by for 30 days. */
export async function purgeUnused(options: {
  database: Knex;
  now: number;
}): Promise<void> {
  const due = () =>
    options
      .database('objective_series')
      .where('unused_since', '<=', options.now - KEPT_UNUSED_MS)
      .orderBy('id')
      .limit(PURGED_AT_ONCE)
      .pluck('id');
  for (let ids = await due(); ids.length > 0; ids = await due()) {
    const chunk = ids;
    await inTransaction(options.database, async transaction => {
      const gone: string[] = await transaction('objective_series')
        .whereIn('id', chunk)
        // Used again since.
        .whereNotNull('unused_since')
        .orderBy('id')
        .forUpdate()
        .pluck('id');
      for (const table of [
        'objective_day',
        'objective_range',
        'objective_silence',
      ]) {
        await transaction(table).whereIn('series_id', gone).delete();
      }
      await transaction('objective_series').whereIn('id', gone).delete();
    });
  }
}
