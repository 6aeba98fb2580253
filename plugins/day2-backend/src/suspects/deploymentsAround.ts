import { SUSPECT_RULES } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { toNumber, type DeploymentRecord } from '../database';
import { whereInList } from '../permissions/whereService';
import type { JudgedIncident } from './judgedIncident';
import { uniteQueries } from './uniteQueries';

/** Of more than so many before, after, and that take back: those nearest its start. */
const MAX_ROWS = 300;

/** A deployment as suspects are made of. Instants are epoch milliseconds. */
export interface SuspectDeployment {
  id: string;
  serviceId: string;
  serviceTitle: string;
  environment: string;
  version: string;
  startedAt: number;
  finishedAt: number;
  /** Git alone tells of it: it took effect after it had landed. */
  landed: boolean;
  previousId?: string;
  restoresId?: string;
  applicationSha?: string;
  manifestSha?: string;
  manifestRepository?: string;
  urls: string[];
  title?: string;
  /** It served on one target at least. */
  live: boolean;
  /** Ids of those that are counted with it: one event began all. */
  parts: string[];
}

/**
 * The deployments that may have caused incidents or mend them, by the
 * incident's id: of services within reach, and of its environments.
 */
export async function deploymentsAround(
  transaction: Knex,
  incidents: readonly JudgedIncident[],
): Promise<Map<string, SuspectDeployment[]>> {
  const queries = incidents.flatMap(each => {
    const { startedAt } = each.suspected;
    const began = transaction.raw('coalesce(??, ??)', [
      'deployment.started_at',
      'deployment.first_finished_at',
    ]);
    const within = (from: number, to: number, nearest: 'asc' | 'desc') => {
      const query = deploymentQuery(transaction)
        .select(
          transaction.raw('cast(? as varchar(40)) as incident_id', [each.id]),
        )
        .whereBetween('deployment.finished_at', [from, to])
        .orderBy([
          { column: 'deployment.finished_at', order: nearest },
          { column: 'deployment.id', order: nearest },
        ])
        .limit(MAX_ROWS);
      whereInList(query, {
        column: 'deployment.service_id',
        values: [...each.hops.keys()],
      });
      if (each.suspected.environments.length > 0) {
        query.whereIn('deployment.environment', [
          ...each.suspected.environments,
        ]);
      }
      return query;
    };
    // One that was under way then had begun no longer ago than a cause finishes.
    const slack = SUSPECT_RULES.lookBackMs;
    const after = () =>
      within(startedAt, each.to + slack, 'asc')
        .where(began, '>', startedAt)
        .where(began, '<=', each.to);
    return [
      within(each.from, startedAt + slack, 'desc').where(
        began,
        '<=',
        startedAt,
      ),
      after().whereNull('deployment.restores_id'),
      // However many came between: what it took back is the cause.
      after().whereNotNull('deployment.restores_id'),
    ];
  });
  const rows = await uniteQueries<Record<string, any>>(transaction, queries);
  const found = new Map<string, SuspectDeployment[]>();
  for (const row of rows) {
    const known = found.get(row.incident_id) ?? [];
    found.set(row.incident_id, known);
    known.push(suspectDeployment(row));
  }
  return found;
}

/** What a suspect is made of, of all deployments. */
export function deploymentQuery(transaction: Knex): Knex.QueryBuilder {
  return transaction('deployment')
    .join('service', 'service.id', 'deployment.service_id')
    .leftJoin('delivery', 'delivery.deployment_id', 'deployment.id')
    .select(
      'deployment.id',
      'deployment.service_id',
      'service.title as service_title',
      'deployment.environment',
      'deployment.version',
      'deployment.rollout',
      'deployment.started_at',
      'deployment.first_finished_at',
      'deployment.finished_at',
      'deployment.basis',
      'deployment.previous_id',
      'deployment.restores_id',
      'deployment.application_sha',
      'deployment.manifest_sha',
      'deployment.record',
      'delivery.went_live',
      'delivery.parts',
    );
}

/** A row of `deploymentQuery`. */
export function suspectDeployment(row: Record<string, any>): SuspectDeployment {
  const record = JSON.parse(row.record) as DeploymentRecord;
  const served = record.targets.some(({ rollout }) => rollout === 'succeeded');
  return {
    id: row.id,
    serviceId: row.service_id,
    serviceTitle: row.service_title,
    environment: row.environment,
    version: row.version,
    startedAt: toNumber(row.started_at ?? row.first_finished_at),
    finishedAt: toNumber(row.finished_at),
    landed: row.basis === 'desired',
    previousId: row.previous_id ?? undefined,
    restoresId: row.restores_id ?? undefined,
    applicationSha: row.application_sha ?? undefined,
    manifestSha: row.manifest_sha ?? undefined,
    manifestRepository: record.manifestRevision?.repository,
    urls: [record.url, ...record.sources.map(({ url }) => url)].flatMap(
      url => url ?? [],
    ),
    title: record.title,
    live:
      row.went_live === null
        ? served || !['failed', 'cancelled'].includes(row.rollout)
        : Boolean(row.went_live),
    parts: row.parts ? JSON.parse(row.parts) : [],
  };
}
