import type { Deployment, Person } from '@day2/backstage-plugin-day2-common';
import {
  toNumber,
  type DeploymentRecord,
  type DeploymentRow,
} from '../database';
import { iso } from '../http/range';

/** A stored deployment with the ref of its service, as a query reads it. */
export type JoinedDeploymentRow = DeploymentRow & { service_ref: string };

/** Parses the JSON part once. */
export function parseDeploymentRow(row: JoinedDeploymentRow): {
  row: JoinedDeploymentRow;
  record: DeploymentRecord;
} {
  return { row, record: JSON.parse(row.record) as DeploymentRecord };
}

/** A stored deployment as the API shows it. */
export function deploymentFromRow(options: {
  row: JoinedDeploymentRow;
  record: DeploymentRecord;
  person: (id: string) => Person;
}): Deployment {
  const { row, record, person } = options;
  const startedAt = toNumber(row.started_at);
  return {
    id: row.id,
    serviceRef: row.service_ref,
    environment: row.environment,
    version: row.version,
    previousVersion: record.previousVersion,
    previousId: row.previous_id ?? undefined,
    image: record.image,
    startedAt: startedAt === undefined ? undefined : iso(startedAt),
    finishedAt: iso(toNumber(row.finished_at)),
    firstFinishedAt: iso(toNumber(row.first_finished_at)),
    basis: row.basis,
    targets: record.targets.map(target => ({
      name: target.name,
      finishedAt: iso(target.finishedAt),
      rollout: target.rollout,
      ...(target.late ? { late: target.late } : {}),
    })),
    rollout: row.rollout,
    outcome: row.outcome,
    outcomeReasons: record.outcomeReasons,
    rollback: record.rollback,
    unplanned: Boolean(row.unplanned),
    unplannedReasons: record.unplannedReasons,
    manifestRevision: record.manifestRevision,
    applicationRevision:
      row.application_repository !== null && row.application_sha !== null
        ? { repository: row.application_repository, sha: row.application_sha }
        : undefined,
    applicationRevisionNote: record.applicationRevisionNote,
    carried: {
      count: row.carried_count,
      complete: Boolean(row.carried_complete),
      reason: record.carriedReason,
    },
    actor: record.actorId === undefined ? undefined : person(record.actorId),
    url: record.url,
    title: record.title,
    sources: record.sources,
    stages: record.stages?.map(stage => ({ ...stage, at: iso(stage.at) })),
  };
}
