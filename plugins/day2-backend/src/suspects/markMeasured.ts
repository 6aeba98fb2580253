import type { Knex } from 'knex';
import { chunksOf } from '../database';
import type { Range } from '../http/range';
import { activeLinks } from '../subjects/activeLinks';
import { markSuspectsDirty } from './dirtySuspects';

const HOUR_MS = 3_600_000;
/** Errors are compared over an hour on both sides of a roll-out, which takes its time. */
const REACH_MS = 6 * HOUR_MS;

/**
 * Marks the incidents that have suspects of services about which something was
 * measured near them: how errors went is one of the things they are judged by.
 *
 * @param options - `subjects`: ids of the subjects of the objectives;
 * `measurements`: the times that are known now, epoch milliseconds
 */
export async function markMeasured(
  transaction: Knex.Transaction,
  options: { subjects: readonly string[]; measurements: readonly Range[] },
  now: number,
): Promise<void> {
  const { subjects, measurements } = options;
  if (measurements.length === 0) {
    return;
  }
  const from = measurements.reduce(
    (least, each) => Math.min(least, each.from),
    Infinity,
  );
  const to = measurements.reduce((most, each) => Math.max(most, each.to), 0);
  for (const chunk of chunksOf(subjects)) {
    const ids: string[] = await transaction('suspect')
      .whereIn(
        'service_id',
        activeLinks(transaction)
          .whereIn('subject_id', chunk)
          .select('service_id'),
      )
      .where('role', 'cause')
      .whereBetween('at', [from - REACH_MS, to + REACH_MS])
      .distinct()
      .pluck('incident_id');
    await markSuspectsDirty(transaction, ids, now);
  }
}
