import type { SequenceDeployment } from '@day2/backstage-plugin-day2-common';
import {
  canonicalJson,
  hashOf,
  toNumber,
  type DeploymentRecord,
  type DeploymentRow,
} from '../database';
import type { SequenceKey } from '../derive/DirtyMarks';
import type { ResolvedRevision } from '../repositories/RevisionResolver';
import type { Carried } from './CarriedFinder';
import type { Committed } from './committedAt';
import { deploymentTimeline } from './deploymentTimeline';
import { failedSyncTimeline } from './failedSyncTimeline';
import type { DerivedDeployment, StoredDeployment } from './DeploymentStore';

/** A deployment with all the rows that are written for it. */
export function toDerived(options: {
  sequence: SequenceKey;
  id: string;
  ids: string[];
  position: number;
  deployment: SequenceDeployment;
  revision: ResolvedRevision;
  committed: Committed | undefined;
  previous: { id: string; version: string } | undefined;
  carried: Carried;
}): DerivedDeployment {
  const { sequence, id, ids, deployment, revision, previous, carried } =
    options;
  const { rollback } = deployment;
  const record: DeploymentRecord = {
    previousVersion: previous?.version,
    image: deployment.image,
    targets: deployment.targets,
    outcomeReasons: deployment.outcomeReasons,
    rollback: rollback && {
      restoresId: ids[rollback.restores],
      replacesId: ids[rollback.replaces],
    },
    unplannedReasons: deployment.unplannedReasons,
    manifestRevision: deployment.manifestRevision,
    applicationRevisionNote: noteOf(deployment, revision),
    carriedReason: carried.reason,
    carriedKey: carried.key,
    tips: carried.tips,
    firstUnknown: carried.firstUnknown,
    actorId: deployment.actorId,
    url: deployment.url,
    title: deployment.title,
    sources: deployment.sources.map(({ source, key, url, skipped }) => ({
      source,
      key,
      url,
      skipped,
    })),
    stages: [
      ...(options.committed
        ? [{ name: 'commit' as const, ...options.committed }]
        : []),
      ...deployment.stages,
    ],
  };
  const row: Omit<DeploymentRow, 'hash'> = {
    id,
    service_id: sequence.serviceId,
    environment: sequence.environment,
    finished_at: deployment.finishedAt,
    first_finished_at: deployment.firstFinishedAt,
    started_at: deployment.startedAt ?? null,
    version: deployment.version,
    rollout: deployment.rollout,
    outcome: deployment.outcome,
    basis: deployment.basis,
    previous_id: previous?.id ?? null,
    restores_id: rollback ? ids[rollback.restores] : null,
    unplanned: deployment.unplanned,
    application_repository: revision.repository ?? null,
    application_sha: revision.sha ?? null,
    manifest_sha: deployment.manifestRevision?.sha ?? null,
    carried_count: carried.count,
    carried_complete: carried.complete,
    record: canonicalJson(record),
  };
  return {
    row: {
      ...row,
      // The key stands for the commits where it is complete.
      hash: hashOf({
        row,
        sources: deployment.sources,
        commits: carried.key === undefined ? carried.commits : [],
        failed:
          deployment.failedSyncs.length > 0
            ? deployment.failedSyncs
            : undefined,
      }),
    },
    deployment,
    commits: carried.commits,
    sources: deployment.sources,
    running: deployment.running.map(({ target, since }) => ({
      service_id: sequence.serviceId,
      environment: sequence.environment,
      line: deployment.line.slice(0, 255),
      target: target.slice(0, 255),
      deployment_id: id,
      version: deployment.version,
      since,
      position: options.position,
    })),
    timeline: [
      deploymentTimeline({ sequence, id, deployment, previous, carried }),
      ...failedSyncTimeline({ sequence, id, deployment }),
    ],
  };
}

/** How the application's commit was found; before it, why Git did not tell the version. */
function noteOf(
  { versionNote }: SequenceDeployment,
  { note, sha }: ResolvedRevision,
): string {
  if (versionNote === undefined) {
    return note;
  }
  return sha === undefined ? versionNote : `${versionNote}. ${note}`;
}

/** What deriving reads of a stored deployment. */
export function toStored(
  row: DeploymentRow,
  desired: StoredDeployment['desired'] = [],
): StoredDeployment {
  const record = JSON.parse(row.record) as DeploymentRecord;
  return {
    id: row.id,
    hash: row.hash,
    carriedKey: record.carriedKey,
    tips: record.tips,
    carriedCount: toNumber(row.carried_count),
    desired,
  };
}
