import type { TimelineEntry } from '@day2/backstage-plugin-day2-common';
import {
  canonicalJson,
  type TimelineRecord,
  type TimelineRow,
} from '../database';
import { searchText } from '../timeline/searchText';
import { timelineId } from '../timeline/timelineId';
import type {
  IncidentRow,
  IncidentServiceRow,
  StoredIncident,
  StoredReference,
} from './incidentRows';
import { titleOf } from './titleOf';

const STATUS: Record<IncidentRow['state'], TimelineEntry['status']> = {
  open: 'failed',
  mitigated: 'attention',
  resolved: 'neutral',
};

/**
 * The line an incident has in the timeline of one service and environment. Its
 * words are those of the references of this service: whoever sees it may not
 * see the others.
 */
export function incidentTimeline(options: {
  row: IncidentRow;
  place: IncidentServiceRow;
  incident: StoredIncident;
}): TimelineRow {
  const { row, place, incident } = options;
  const { service_id, environment } = place;
  const own = incident.references.filter(
    ({ services }) => services.length === 0 || services.includes(service_id),
  );
  const title = titleOf(own, incident);
  const entry: TimelineRecord = {
    title,
    detail: [
      ...(row.priority === null ? [] : [`P${row.priority}`]),
      row.state,
    ].join(', '),
    status: STATUS[row.state],
    flags: [],
  };
  return {
    id: timelineId({ recordId: row.id, serviceId: service_id, environment }),
    service_id,
    environment,
    at: row.started_at,
    until:
      // What people say of both may contradict.
      row.ended_at === null ? null : Math.max(row.ended_at, row.started_at),
    kind: 'incident',
    record_id: row.id,
    entry: canonicalJson(entry),
    search: incidentSearch(title, own),
  };
}

/** What an incident is found by: its title, and what tools call it. */
function incidentSearch(
  title: string,
  references: readonly StoredReference[],
): string {
  return searchText([
    title,
    ...references.flatMap(each => [each.title, each.key]),
  ]);
}
