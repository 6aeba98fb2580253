import type { SequenceDeployment } from '@day2/backstage-plugin-day2-common';
import {
  canonicalJson,
  deterministicId,
  type TimelineRecord,
  type TimelineRow,
} from '../database';
import type { SequenceKey } from '../derive/DirtyMarks';
import { searchText } from '../timeline/searchText';
import { timelineId } from '../timeline/timelineId';

/**
 * The lines of syncs that failed and are no deployment, since they asked for no
 * other version: each opens the deployment that it was tried upon.
 */
export function failedSyncTimeline(options: {
  sequence: SequenceKey;
  id: string;
  deployment: SequenceDeployment;
}): TimelineRow[] {
  const { sequence, id, deployment } = options;
  const { version, live } = deployment;
  return deployment.failedSyncs.map(failed => {
    const { source, key, at, target, rollout, message, url } = failed;
    const entry: TimelineRecord = {
      title: [
        failed.basis === 'synced' ? 'Sync' : 'Roll-out',
        ...(target ? [`on ${target}`] : []),
        rollout === 'failed' ? 'failed' : 'cancelled',
      ].join(' '),
      detail: [
        live ? `${version} stays` : `${version} was tried again`,
        ...(message ? [message] : []),
      ].join(' · '),
      status: rollout === 'failed' ? 'failed' : 'undone',
      flags: ['configuration'],
      actorId: failed.actorId,
      url,
    };
    return {
      id: `${timelineId({ ...sequence, recordId: id })}.${deterministicId(
        source,
        key,
      ).slice(0, 16)}`,
      service_id: sequence.serviceId,
      environment: sequence.environment,
      at,
      until: null,
      kind: 'deployment',
      record_id: id,
      entry: canonicalJson(entry),
      search: searchText([entry.title, version, message, target]),
    };
  });
}
