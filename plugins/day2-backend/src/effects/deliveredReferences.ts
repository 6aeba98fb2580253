import type { IncidentReference } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { chunksOf } from '../database';
import { incidentIdOf } from '../incidents/incidentRows';

/** What was delivered longer ago was derived since. */
const LATELY_MS = 3_600_000;

/**
 * Notes what a tool told of itself while its source was never read to its end:
 * it is of now, whatever else the source has yet to say.
 */
export async function noteDelivered(options: {
  transaction: Knex.Transaction;
  references: IncidentReference[];
  now: number;
}): Promise<void> {
  const ids = [...new Set(options.references.map(incidentIdOf))];
  for (const chunk of chunksOf(ids)) {
    await options
      .transaction('delivered_reference')
      .insert(chunk.map(id => ({ reference_id: id, at: options.now })))
      .onConflict('reference_id')
      .merge();
  }
}

/** Which of the references a tool told of itself, lately. */
export async function deliveredLately(options: {
  transaction: Knex;
  referenceIds: string[];
  now: number;
}): Promise<Set<string>> {
  const found = new Set<string>();
  for (const chunk of chunksOf([...new Set(options.referenceIds)])) {
    const ids: string[] = await options
      .transaction('delivered_reference')
      .whereIn('reference_id', chunk)
      .where('at', '>', options.now - LATELY_MS)
      .pluck('reference_id');
    ids.forEach(id => found.add(id));
  }
  return found;
}

/** Deletes what is of no more use. */
export async function forgetDelivered(
  database: Knex,
  now: number,
): Promise<void> {
  await database('delivered_reference')
    .where('at', '<=', now - LATELY_MS)
    .delete();
}
