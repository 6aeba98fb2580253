import type { Knex } from 'knex';
import { chunksOf } from '../database';
import { activeLinks } from '../subjects/activeLinks';

/** One service in one environment. */
export interface SequenceKey {
  serviceId: string;
  environment: string;
}

/**
 * Marks of work that is due, in the caller's transaction. Marking again while
 * somebody works on it raises the generation, and the work is then repeated.
 */
export const dirtyMarks = {
  async sequences(
    transaction: Knex.Transaction,
    keys: SequenceKey[],
    now: number,
  ): Promise<void> {
    const unique = new Map(
      keys.map(key => [`${key.serviceId}\0${key.environment}`, key]),
    );
    const sorted = [...unique.keys()].sort();
    for (const chunk of chunksOf(sorted)) {
      await transaction('dirty_sequence')
        .insert(
          chunk.map(id => {
            const { serviceId, environment } = unique.get(id) as SequenceKey;
            return { service_id: serviceId, environment, since: now };
          }),
        )
        .onConflict(['service_id', 'environment'])
        .merge({
          generation: transaction.raw('?? + 1', ['dirty_sequence.generation']),
        });
    }
  },

  /** The sequences that subjects feed in the environments given. */
  async sequencesOfSubjects(
    transaction: Knex.Transaction,
    keys: { subjectId: string; environment: string }[],
    now: number,
  ): Promise<void> {
    const environments = new Map<string, Set<string>>();
    for (const { subjectId, environment } of keys) {
      const known = environments.get(subjectId) ?? new Set();
      environments.set(subjectId, known.add(environment));
    }
    const found: SequenceKey[] = [];
    for (const chunk of chunksOf([...environments.keys()])) {
      const links = await activeLinks(transaction)
        .whereIn('subject_id', chunk)
        .select('subject_id', 'service_id');
      for (const { subject_id, service_id } of links) {
        for (const environment of environments.get(subject_id) ?? []) {
          found.push({ serviceId: service_id, environment });
        }
      }
    }
    await dirtyMarks.sequences(transaction, found, now);
  },

  /** Every sequence of a service of which anything was said. */
  async sequencesOfService(
    transaction: Knex.Transaction,
    serviceId: string,
    now: number,
  ): Promise<void> {
    const environments: string[] = await transaction('observation')
      .whereIn(
        'subject_id',
        activeLinks(transaction)
          .where('service_id', serviceId)
          .select('subject_id'),
      )
      .where('kind', 'deployment')
      .whereNotNull('environment')
      .distinct()
      .pluck('environment');
    await dirtyMarks.sequences(
      transaction,
      environments.map(environment => ({ serviceId, environment })),
      now,
    );
  },

  async changes(
    transaction: Knex.Transaction,
    ids: Iterable<string>,
    now: number,
  ): Promise<void> {
    for (const chunk of chunksOf([...new Set(ids)].sort())) {
      await transaction('dirty_change')
        .insert(chunk.map(id => ({ change_id: id, since: now })))
        .onConflict('change_id')
        .merge({
          generation: transaction.raw('?? + 1', ['dirty_change.generation']),
        });
    }
  },
};
