import type { TimelineEntry } from '@day2/backstage-plugin-day2-common';
import {
  canonicalJson,
  type TimelineRecord,
  type TimelineRow,
} from '../database';
import { timelineId } from '../timeline/timelineId';
import type { IncidentRow, IncidentServiceRow } from './incidentRows';

const STATUS: Record<IncidentRow['state'], TimelineEntry['status']> = {
  open: 'failed',
  mitigated: 'attention',
  resolved: 'neutral',
};

/** The line an incident has in the timeline of one service and environment. */
export function incidentTimeline(
  row: IncidentRow,
  { service_id, environment }: IncidentServiceRow,
): TimelineRow {
  const entry: TimelineRecord = {
    title: row.title,
    detail: [
      ...(row.priority === null ? [] : [`P${row.priority}`]),
      row.state,
    ].join(', '),
    status: STATUS[row.state],
    flags: [],
  };
  return {
    id: timelineId({
      recordId: row.id,
      serviceId: service_id,
      environment,
    }),
    service_id,
    environment,
    at: row.started_at,
    until:
      // What people say of both may contradict.
      row.ended_at === null ? null : Math.max(row.ended_at, row.started_at),
    kind: 'incident',
    record_id: row.id,
    entry: canonicalJson(entry),
    search: row.search,
  };
}
