import {
  changeKindOf,
  emergencyReasonsOf,
  type EnvironmentRule,
} from '@day2/backstage-plugin-day2-common';
import {
  canonicalJson,
  hashOf,
  type ChangeRecord,
  type ChangeRow,
  type TimelineRow,
} from '../database';
import { environmentOf } from '../ingest/ObservationStore';
import { subjectIdOf } from '../subjects/SubjectStore';
import {
  fieldCountsOf,
  partsOf,
  type ChangeTie,
  type LinkedSubject,
  type ObservedChange,
} from './changeParts';
import { changeSearch, changeTimeline } from './changeTimeline';

/** A change as derived, with everything that is written for it. */
export interface DerivedChange {
  row: ChangeRow;
  ties: ChangeTie[];
  timeline: TimelineRow[];
  /** `service environment` where nothing but the version moved. */
  versionOnly: Set<string>;
}

/** What a change depends on beside its own observation. */
export interface ChangeContext {
  links: Map<string, LinkedSubject[]>;
  /** Sha of the commit that reverted it, by change. */
  revertedBy: Map<string, string>;
  /** `repository sha service environment` of desired commits that are a deployment's. */
  deployed: Set<string>;
}

/** A change as what a source said and its context make it. */
export function deriveChange(
  observed: ObservedChange,
  context: ChangeContext,
  environments: EnvironmentRule[],
): DerivedChange {
  const { id, source, key, payload, withdrawnReason } = observed;
  const emergencyReasons = emergencyReasonsOf(payload.marks ?? []);
  const record: ChangeRecord = {
    message: payload.message,
    supersededReason: withdrawnReason,
    authorIds: payload.authorIds,
    url: payload.url,
    issueKeys: payload.issueKeys,
    pullRequest: payload.pullRequest,
    isMerge: payload.isMerge,
    revertedBy: context.revertedBy.get(id),
    emergencyReasons,
    fields: payload.touches.flatMap(touch =>
      touch.fields.map(field => ({
        ...field,
        subjectId: subjectIdOf(source, touch.subject.key),
        environment: environmentOf(
          field.environment ?? touch.environment,
          environments,
        ),
        target: field.target ?? touch.target,
      })),
    ),
    fieldCount: payload.fieldCount,
    fieldCounts: fieldCountsOf(observed),
  };
  const row: Omit<ChangeRow, 'hash'> = {
    id,
    source,
    key,
    kind: changeKindOf(
      payload.touches.map(({ subject, versionMoved, fields }) => ({
        subjectKind: subject.kind,
        versionMoved,
        fields: fields.length,
      })),
    ),
    at: payload.at,
    repository: payload.repository ?? null,
    sha: payload.sha ?? null,
    reverts: payload.reverts?.toLowerCase() ?? null,
    state: withdrawnReason === undefined ? 'implemented' : 'superseded',
    emergency: emergencyReasons.length > 0,
    title: payload.title,
    search: changeSearch(
      { title: payload.title, sha: payload.sha ?? null },
      record,
    ),
    record: canonicalJson(record),
  };
  const parts = partsOf({
    observed,
    links: context.links.get(id) ?? [],
    environments,
  });
  const ties = parts.map(({ tie }) => tie);
  const versionOnly = new Set(
    parts
      .filter(({ fieldCount }) => row.kind === 'version' && fieldCount === 0)
      .map(({ tie }) => `${tie.service_id} ${tie.environment}`),
  );
  const timeline = parts.flatMap(part => {
    const place = `${part.tie.service_id} ${part.tie.environment}`;
    // The deployment tells it already, unless more than the version moved.
    return versionOnly.has(place) &&
      context.deployed.has(`${row.repository} ${row.sha} ${place}`)
      ? []
      : [changeTimeline({ row, record, ...part, marks: payload.marks ?? [] })];
  });
  return {
    row: { ...row, hash: hashOf({ row, ties, timeline }) },
    ties,
    timeline,
    versionOnly,
  };
}
