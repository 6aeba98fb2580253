import type { DeliveredCommit } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { Breather, chunksOf, toNumber } from '../database';
import type { SequenceKey } from '../derive/DirtyMarks';

/** Of a shorter one it would be a guess what it reverts. */
const MIN_SHA = 7;
const REVERTS_PER_QUERY = 50;

interface Reverting {
  deployment_id: string;
  repository: string;
  sha: string;
  reverts: string;
}

/**
 * The commits that the deliveries of a sequence are judged from, by deployment:
 * all of `whole`; of the others only those that revert something, or that
 * something in the sequence reverts.
 *
 * @remarks What a commit reverts is known of those on the line of its
 * repository, which are changes; of commits beside it, which a merge brought,
 * it is not.
 */
export async function deliveredCommits(options: {
  database: Knex;
  sequence: SequenceKey;
  /** Ids of deployments. */
  whole: readonly string[];
}): Promise<Map<string, DeliveredCommit[]>> {
  const { database, sequence } = options;
  const breather = Breather.create();
  const reverting: Reverting[] = await inSequence(database, sequence)
    .join('change', join => {
      join
        .on('change.repository', 'deployment_commit.repository')
        .on('change.sha', 'deployment_commit.sha');
    })
    .where('change.state', 'implemented')
    .whereNotNull('change.reverts')
    .distinct(
      'deployment_commit.deployment_id',
      'deployment_commit.repository',
      'deployment_commit.sha',
      'change.reverts',
    )
    // Of two changes that say otherwise of one commit, the same on each run.
    .orderBy('change.reverts');
  const revertsOf = new Map(
    reverting
      .filter(({ reverts }) => reverts.length >= MIN_SHA)
      .map(row => [`${row.repository} ${row.sha}`, row.reverts]),
  );
  const found = new Map<string, Map<string, DeliveredCommit>>();
  const add = (row: Record<string, any>) => {
    const key = `${row.repository} ${row.sha}`;
    const reverts = revertsOf.get(key);
    const list = found.get(row.deployment_id) ?? new Map();
    found.set(row.deployment_id, list);
    list.set(key, {
      repository: row.repository,
      sha: row.sha,
      committedAt: toNumber(row.committed_at),
      isMerge: row.parents.trim().split(/\s+/).length > 1,
      first: Boolean(row.first),
      ...(reverts === undefined ? {} : { reverts }),
    });
  };
  for (const chunk of chunksOf(reverting, REVERTS_PER_QUERY)) {
    const rows = await withCommit(inSequence(database, sequence)).where(
      where => {
        for (const { repository, sha, reverts } of chunk) {
          where.orWhere({
            'deployment_commit.repository': repository,
            'deployment_commit.sha': sha,
          });
          if (reverts.length >= MIN_SHA) {
            where.orWhere(reverted =>
              reverted
                .where('deployment_commit.repository', repository)
                .where('deployment_commit.sha', '>=', reverts)
                .where('deployment_commit.sha', '<', `${reverts}g`),
            );
          }
        }
      },
    );
    rows.forEach(add);
  }
  for (const chunk of chunksOf(options.whole)) {
    await breather.breathe();
    const rows = await withCommit(
      database('deployment_commit').whereIn(
        'deployment_commit.deployment_id',
        chunk,
      ),
    );
    rows.forEach(add);
  }
  return new Map([...found].map(([id, list]) => [id, [...list.values()]]));
}

/** The commits that are the first in their environment with a deployment of it. */
function inSequence(database: Knex, sequence: SequenceKey): Knex.QueryBuilder {
  return database('deployment')
    .join(
      'deployment_commit',
      'deployment_commit.deployment_id',
      'deployment.id',
    )
    .where({
      'deployment.service_id': sequence.serviceId,
      'deployment.environment': sequence.environment,
      'deployment_commit.first': true,
    });
}

function withCommit(query: Knex.QueryBuilder): Knex.QueryBuilder {
  return query
    .join('git_commit', join => {
      join
        .on('git_commit.repository', 'deployment_commit.repository')
        .on('git_commit.sha', 'deployment_commit.sha');
    })
    .select(
      'deployment_commit.deployment_id',
      'deployment_commit.repository',
      'deployment_commit.sha',
      'deployment_commit.first',
      'git_commit.committed_at',
      'git_commit.parents',
    );
}
