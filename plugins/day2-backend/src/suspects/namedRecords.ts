import { NO_CHANGE } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import {
  changeQuery,
  suspectChanges,
  type SuspectChange,
} from './changesAround';
import {
  deploymentQuery,
  suspectDeployment,
  type SuspectDeployment,
} from './deploymentsAround';
import type { JudgedIncident } from './judgedIncident';

/** As much as a person or a tool names. */
const MAX_NAMES = 20;
const MAX_ROWS = 20;
const SHA = /^[0-9a-f]{7,64}$/;

/**
 * What people decided on and what cause fields name, wherever and whenever it
 * was: by id, by the commit that asked for it, or by the version of a service
 * that is hit.
 */
export async function namedRecords(
  transaction: Knex,
  { suspected, decisions, hops }: JudgedIncident,
): Promise<{ deployments: SuspectDeployment[]; changes: SuspectChange[] }> {
  const names = suspected.causes
    .map(({ name }) => name.trim().toLowerCase())
    .slice(0, MAX_NAMES);
  const ids = decisions
    .map(({ candidateId }) => candidateId)
    .filter(id => id !== NO_CHANGE);
  if (names.length + ids.length === 0) {
    return { deployments: [], changes: [] };
  }
  const all = [...new Set([...ids, ...names])];
  const shas = names.filter(name => SHA.test(name));
  const hit = [...hops].flatMap(([id, steps]) => (steps === 0 ? [id] : []));
  const deployments: Record<string, any>[] = await deploymentQuery(transaction)
    .where(where => {
      where.whereIn('deployment.id', all);
      orBeginsWith(where, 'deployment.manifest_sha', shas);
      if (names.length > 0) {
        where.orWhere(one =>
          one
            .whereIn('deployment.service_id', hit)
            .whereIn('deployment.version', versionsOf(suspected.causes)),
        );
      }
    })
    .orderBy([
      { column: 'deployment.finished_at', order: 'desc' },
      { column: 'deployment.id', order: 'desc' },
    ])
    .limit(MAX_ROWS + all.length);
  const changes: Record<string, any>[] = await changeQuery(transaction)
    .where(where => {
      where.whereIn('change.id', all);
      orBeginsWith(where, 'change.sha', shas);
    })
    .orderBy(['change.id', 'record_service.service_id'])
    .limit(MAX_ROWS + all.length);
  return {
    deployments: deployments.map(suspectDeployment),
    changes: suspectChanges(changes, hops),
  };
}

function orBeginsWith(
  where: Knex.QueryBuilder,
  column: string,
  shas: readonly string[],
): void {
  for (const sha of shas) {
    where.orWhere(one =>
      one.where(column, '>=', sha).where(column, '<', `${sha}g`),
    );
  }
}

/** As they are written, with and without the v before them. */
function versionsOf(causes: readonly { name: string }[]): string[] {
  const said = causes.slice(0, MAX_NAMES).map(({ name }) => name.trim());
  return [
    ...new Set(
      said.flatMap(name => {
        const bare = name.replace(/^v(?=\d)/i, '');
        return [name, bare, `v${bare}`];
      }),
    ),
  ];
}
