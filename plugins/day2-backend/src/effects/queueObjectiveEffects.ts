import type { Knex } from 'knex';
import type { ObjectiveRow } from '../objectives/objectiveRecord';
import type { ObjectiveTransition } from '../objectives/objectiveStore';
import { activeLinks } from '../subjects/activeLinks';
import type { EffectQueue } from './EffectQueue';
import { objectiveStandings } from './objectiveStandings';

/** Queues what became of objectives, in the transaction that writes it. */
export async function queueObjectiveEffects(options: {
  transaction: Knex.Transaction;
  effects?: EffectQueue;
  transitions: ObjectiveTransition[];
  rows: ObjectiveRow[];
}): Promise<void> {
  const { transaction, effects, transitions, rows } = options;
  if (transitions.length === 0 || !effects?.isUsed) {
    return;
  }
  const subjectIds = rows.map(({ subject_id }) => subject_id);
  const servicesOf = new Map<string, string[]>();
  for (const { subject_id, service_id } of await activeLinks(transaction)
    .whereIn('subject_id', subjectIds)
    .select('subject_id', 'service_id')) {
    servicesOf.set(subject_id, [
      ...(servicesOf.get(subject_id) ?? []),
      service_id,
    ]);
  }
  await effects.queue(
    transaction,
    objectiveStandings({ transitions, rows, servicesOf }),
  );
}
