import type {
  FieldChange,
  TimelineEntry,
  UnplannedMark,
} from '@day2/backstage-plugin-day2-common';
import {
  canonicalJson,
  type ChangeRecord,
  type ChangeRow,
  type TimelineRecord,
  type TimelineRow,
} from '../database';
import { searchText } from '../timeline/searchText';
import { timelineId } from '../timeline/timelineId';
import type { ChangeTie } from './changeParts';

const FIELDS_IN_DETAIL = 2;

/** The line a change has in the timeline of one service and environment. */
export function changeTimeline(options: {
  row: Omit<ChangeRow, 'hash'>;
  record: ChangeRecord;
  tie: ChangeTie;
  /** Those that the tie ties; `fieldCount`: all of them. */
  fields: FieldChange[];
  fieldCount: number;
  marks: readonly UnplannedMark[];
}): TimelineRow {
  const { row, record, tie, marks } = options;
  const superseded = row.state === 'superseded';
  const flags: TimelineEntry['flags'] = [
    ...(marks.includes('rollback') ? (['rollback'] as const) : []),
    ...(marks.includes('hotfix') || marks.includes('emergency')
      ? (['hotfix'] as const)
      : []),
    ...(row.reverts !== null || marks.includes('revert')
      ? (['revert'] as const)
      : []),
    ...(row.kind === 'configuration' ? (['configuration'] as const) : []),
    ...(record.isMerge ? (['merge'] as const) : []),
    ...(superseded ? (['superseded'] as const) : []),
  ];
  const entry: TimelineRecord = {
    title: row.title,
    detail: superseded ? record.supersededReason : fieldsInWords(options),
    status: row.emergency && !superseded ? 'attention' : 'neutral',
    flags,
    actorId: record.authorIds[0],
    url: record.url,
  };
  return {
    id: timelineId({
      recordId: row.id,
      serviceId: tie.service_id,
      environment: tie.environment,
    }),
    service_id: tie.service_id,
    environment: tie.environment,
    at: row.at,
    until: null,
    kind: 'change',
    record_id: row.id,
    entry: canonicalJson(entry),
    search: changeSearch(row, record),
  };
}

/** What a change is found by: its title, commit, pull request and issue keys. */
export function changeSearch(
  row: Pick<ChangeRow, 'title' | 'sha'>,
  record: Pick<ChangeRecord, 'pullRequest' | 'issueKeys'>,
): string {
  return searchText([
    row.title,
    row.sha,
    record.pullRequest,
    ...record.issueKeys,
  ]);
}

function fieldsInWords(part: {
  fields: FieldChange[];
  fieldCount: number;
}): string | undefined {
  const shown = part.fields.slice(0, FIELDS_IN_DETAIL);
  if (shown.length === 0) {
    return undefined;
  }
  const more = part.fieldCount - shown.length;
  const words = shown.map(
    ({ field, from, to }) => `${field}: ${from ?? 'none'} → ${to ?? 'removed'}`,
  );
  return [...words, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}
