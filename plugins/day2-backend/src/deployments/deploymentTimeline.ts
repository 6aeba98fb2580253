import type {
  SequenceDeployment,
  TimelineEntry,
} from '@day2/backstage-plugin-day2-common';
import {
  canonicalJson,
  type TimelineRecord,
  type TimelineRow,
} from '../database';
import type { SequenceKey } from '../derive/DirtyMarks';
import { searchText } from '../timeline/searchText';
import { timelineId } from '../timeline/timelineId';

/** The line a deployment has in the timeline of its service. */
export function deploymentTimeline(options: {
  sequence: SequenceKey;
  id: string;
  deployment: SequenceDeployment;
  previous: { version: string } | undefined;
  carried: { count: number };
}): TimelineRow {
  const { sequence, id, deployment, previous, carried } = options;
  const entry: TimelineRecord = {
    title: titleOf(deployment),
    detail:
      [
        ...(previous ? [`from ${previous.version}`] : []),
        ...(carried.count > 0
          ? [`${carried.count} ${carried.count === 1 ? 'commit' : 'commits'}`]
          : []),
        ...deployment.outcomeReasons.map(({ text }) => text),
      ].join(' · ') || undefined,
    status: deployment.outcome,
    flags: flagsOf(deployment),
    actorId: deployment.actorId,
    url: deployment.url,
  };
  return {
    id: timelineId({ ...sequence, recordId: id }),
    service_id: sequence.serviceId,
    environment: sequence.environment,
    at: deployment.finishedAt,
    until: null,
    kind: 'deployment',
    record_id: id,
    entry: canonicalJson(entry),
    search: searchText([
      entry.title,
      deployment.version,
      deployment.title,
      deployment.image,
      deployment.manifestRevision?.sha,
      deployment.applicationRevision?.sha,
    ]),
  };
}

function titleOf(deployment: SequenceDeployment): string {
  const { version, rollout } = deployment;
  if (rollout === 'failed') {
    return `Roll-out of ${version} failed`;
  }
  if (rollout === 'cancelled') {
    return `Roll-out of ${version} cancelled`;
  }
  return deployment.rollback
    ? `Rolled back to ${version}`
    : `Deployed ${version}`;
}

function flagsOf(deployment: SequenceDeployment): TimelineEntry['flags'] {
  const codes = new Set(deployment.unplannedReasons.map(({ code }) => code));
  return [
    ...(deployment.rollback || codes.has('rollback')
      ? (['rollback'] as const)
      : []),
    ...(codes.has('hotfix') || codes.has('emergency')
      ? (['hotfix'] as const)
      : []),
    ...(codes.has('revert') ? (['revert'] as const) : []),
  ];
}
