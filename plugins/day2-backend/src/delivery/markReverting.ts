import type { Knex } from 'knex';
import type { ChangeRow } from '../database';
import { chunksOf } from '../database';
import { dirtyMarks } from '../derive/DirtyMarks';

/**
 * Marks the sequences that changes went out in which revert others: what a
 * commit reverts is known from its change, which may come after the deployment.
 */
export async function markReverting(
  transaction: Knex.Transaction,
  options: {
    changes: Pick<ChangeRow, 'repository' | 'sha' | 'reverts'>[];
    now: number;
  },
): Promise<void> {
  const reverting = options.changes.filter(
    ({ repository, sha, reverts }) => repository && sha && reverts,
  );
  for (const chunk of chunksOf(reverting)) {
    const rows = await transaction('deployment_commit')
      .join('deployment', 'deployment.id', 'deployment_commit.deployment_id')
      .whereIn(
        ['deployment_commit.repository', 'deployment_commit.sha'],
        chunk.map(({ repository, sha }) => [repository, sha] as string[]),
      )
      .distinct('deployment.service_id', 'deployment.environment');
    await dirtyMarks.sequences(
      transaction,
      rows.map(row => ({
        serviceId: row.service_id,
        environment: row.environment,
      })),
      options.now,
    );
  }
}
