import type { Knex } from 'knex';
import type { ObjectiveRow } from '../objectives/objectiveRecord';
import type { ObjectiveTransition } from '../objectives/objectiveStore';
import { activeLinks } from '../subjects/activeLinks';
import type { EffectQueue } from './EffectQueue';
import { objectiveStandings, type NamedService } from './objectiveStandings';

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
  const servicesOf = new Map<string, NamedService[]>();
  for (const { subject_id, id, title } of await activeLinks(transaction)
    .join('service', 'service.id', 'link.service_id')
    .whereIn('link.subject_id', subjectIds)
    .orderBy('service.id')
    .select('link.subject_id', 'service.id', 'service.title')) {
    servicesOf.set(subject_id, [
      ...(servicesOf.get(subject_id) ?? []),
      { id, title },
    ]);
  }
  await effects.queue(
    transaction,
    objectiveStandings({ transitions, rows, servicesOf }),
  );
}
