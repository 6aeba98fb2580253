import type { Change, Person } from '@day2/backstage-plugin-day2-common';
import { toNumber, type ChangeRecord, type ChangeRow } from '../database';
import { iso } from '../http/range';

/** A stored change as the API shows it, with what of it a caller may see. */
export function changeFromRow(options: {
  row: ChangeRow;
  record: ChangeRecord;
  person: (id: string) => Person;
  services: Change['services'];
  /** Subjects that the caller may see; undefined for all. */
  subjects: Set<string> | undefined;
  deploymentIds: string[];
}): Change {
  const { row, record, subjects } = options;
  const fieldCount = subjects
    ? [...subjects].reduce((sum, id) => sum + (record.fieldCounts[id] ?? 0), 0)
    : record.fieldCount;
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    message: record.message,
    at: iso(toNumber(row.at)),
    state: row.state,
    supersededReason: record.supersededReason,
    authors: record.authorIds.map(options.person),
    repository: row.repository ?? undefined,
    sha: row.sha ?? undefined,
    url: record.url,
    issueKeys: record.issueKeys,
    pullRequest: record.pullRequest,
    isMerge: record.isMerge,
    reverts: row.reverts ?? undefined,
    revertedBy: record.revertedBy,
    emergency: Boolean(row.emergency),
    emergencyReasons: record.emergencyReasons,
    fields: record.fields
      .filter(({ subjectId }) => !subjects || subjects.has(subjectId))
      .map(({ subjectId: _, ...field }) => field),
    fieldCount,
    hiddenFieldCount:
      fieldCount < record.fieldCount
        ? record.fieldCount - fieldCount
        : undefined,
    services: options.services,
    deploymentIds: options.deploymentIds,
  };
}
