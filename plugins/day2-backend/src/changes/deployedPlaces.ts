import type { Knex } from 'knex';
import { chunksOf } from '../database';

/**
 * Where desired commits are a deployment, or a part of one: each as
 * `repository sha service environment`. One deployment may have several, as
 * where each of its targets was moved by a commit of its own.
 */
export async function deployedPlaces(
  database: Knex,
  shas: string[],
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const chunk of chunksOf([...new Set(shas)])) {
    const rows = await database('record_source')
      .join('deployment', 'deployment.id', 'record_source.record_id')
      .whereIn('record_source.sha', chunk)
      .select(
        'record_source.repository',
        'record_source.sha',
        'deployment.service_id',
        'deployment.environment',
      );
    for (const row of rows) {
      found.add(
        `${row.repository} ${row.sha} ${row.service_id} ${row.environment}`,
      );
    }
  }
  return found;
}
