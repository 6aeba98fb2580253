import type { Knex } from 'knex';
import type {
  ChangeRecord,
  DeploymentRecord,
  DeploymentRow,
  TimelineRecord,
} from '../database';
import { searchText } from '../timeline/searchText';
import { objective } from './objectives';

/** Rows as the write side leaves them, so that reads can be tested alone. */

export async function seedService(
  database: Knex,
  service: { id: string; ref?: string; title?: string; owner?: string },
): Promise<void> {
  const ref = service.ref ?? `component:default/${service.id}`;
  await database('service').insert({
    id: service.id,
    ref,
    title: service.title ?? service.id,
    kind: 'component',
    owner: service.owner ?? 'group:default/payments',
    annotations: '{}',
    links: '[]',
    created_at: 0,
    seen_at: 0,
  });
  await database('service_alias').insert({
    ref,
    service_id: service.id,
    valid_from: 0,
  });
}

export function deploymentRow(
  row: {
    id: string;
    service_id: string;
    finished_at: number;
  } & Partial<DeploymentRow>,
  record: Partial<DeploymentRecord> = {},
): DeploymentRow {
  return {
    environment: 'production',
    first_finished_at: row.finished_at,
    started_at: null,
    version: 'v1',
    rollout: 'succeeded',
    outcome: 'ok',
    basis: 'desired',
    previous_id: null,
    restores_id: null,
    unplanned: false,
    application_repository: null,
    application_sha: null,
    manifest_sha: null,
    carried_count: 0,
    carried_complete: true,
    hash: 'hash',
    ...row,
    record: JSON.stringify({
      targets: [],
      outcomeReasons: [],
      unplannedReasons: [],
      sources: [],
      ...record,
    } satisfies DeploymentRecord),
  };
}

export async function seedChange(
  database: Knex,
  change: {
    id: string;
    at: number;
    title?: string;
    sha?: string;
    repository?: string;
    emergency?: boolean;
    services: { id: string; environment?: string }[];
  },
  record: Partial<ChangeRecord> = {},
): Promise<void> {
  await database('change').insert({
    id: change.id,
    source: 'git:app',
    key: change.id,
    kind: 'code',
    at: change.at,
    repository: change.repository ?? 'app',
    sha: change.sha ?? null,
    state: 'implemented',
    emergency: change.emergency ?? false,
    title: change.title ?? `Change ${change.id}`,
    search: searchText([change.title ?? `Change ${change.id}`]),
    hash: 'hash',
    record: JSON.stringify({
      authorIds: [],
      issueKeys: [],
      isMerge: false,
      emergencyReasons: [],
      fields: [],
      fieldCount: 0,
      fieldCounts: {},
      ...record,
    } satisfies ChangeRecord),
  });
  for (const service of change.services) {
    await database('record_service').insert({
      record_id: change.id,
      service_id: service.id,
      environment: service.environment ?? '',
      role: 'touches',
      via: 'annotation',
      at: change.at,
    });
  }
}

/** An objective that nothing measures. */
export async function seedObjective(
  database: Knex,
  options: { id: string; serviceId: string },
): Promise<void> {
  const { id, serviceId } = options;
  const subjectId = `subject-${id}`;
  await database('link').insert({
    id: `link-${id}`,
    subject_id: subjectId,
    service_id: serviceId,
    via: 'entity-ref',
    reason: 'named outright',
    valid_from: 1,
  });
  const { kind, key, version, subject, ...definition } = objective({
    service: 'payments-api',
  });
  await database('objective').insert({
    id,
    source: 'openslo:catalog',
    key,
    subject_id: subjectId,
    name: definition.name,
    search: definition.name,
    indicator_id: 'indicator',
    measured_by: null,
    series_id: null,
    state: 'unmeasured',
    sort_key: Number.MAX_SAFE_INTEGER,
    record: JSON.stringify(definition),
    hash: 'hash',
  });
}

export function timelineRow(
  row: {
    id: string;
    service_id: string;
    at: number;
    environment?: string;
    kind?: 'deployment' | 'change';
  },
  entry: Partial<TimelineRecord> = {},
) {
  const title = entry.title ?? `Entry ${row.id}`;
  return {
    environment: '',
    kind: 'deployment',
    record_id: `record-${row.id}`,
    search: searchText([title]),
    ...row,
    entry: JSON.stringify({
      title,
      status: 'ok',
      flags: [],
      ...entry,
    } satisfies TimelineRecord),
  };
}
