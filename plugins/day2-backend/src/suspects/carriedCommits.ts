import type { Knex } from 'knex';
import { chunksOf } from '../database';
import { whereInList } from '../permissions/whereService';

const PREFIXES_PER_QUERY = 50;

/** A commit of an application that a deployment brought first. */
export interface CarriedCommit {
  repository: string;
  sha: string;
}

/**
 * Of what deployments brought first, the commits whose sha begins so, by the
 * deployment's id.
 *
 * @param options - `prefixes`: lower-case hex digits, 7 or more
 */
export async function carriedCommits(
  transaction: Knex,
  options: { deploymentIds: string[]; prefixes: string[] },
): Promise<Map<string, CarriedCommit[]>> {
  const { deploymentIds, prefixes } = options;
  const found = new Map<string, CarriedCommit[]>();
  if (deploymentIds.length === 0) {
    return found;
  }
  for (const chunk of chunksOf([...new Set(prefixes)], PREFIXES_PER_QUERY)) {
    const query = transaction('deployment_commit')
      .where({ first: true })
      .where(where => {
        for (const prefix of chunk) {
          where.orWhere(one =>
            one.where('sha', '>=', prefix).where('sha', '<', `${prefix}g`),
          );
        }
      })
      .select('deployment_id', 'repository', 'sha');
    whereInList(query, { column: 'deployment_id', values: deploymentIds });
    for (const { deployment_id, repository, sha } of await query) {
      const known = found.get(deployment_id) ?? [];
      found.set(deployment_id, known);
      known.push({ repository, sha });
    }
  }
  return found;
}
