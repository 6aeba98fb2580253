import type {
  Incident,
  IncidentObservation,
  IncidentReference,
  IncidentState,
} from '@day2/backstage-plugin-day2-common';
import { deterministicId, toNumber } from '../database';
import type { IncidentPayload } from '../ingest/payloads';

/** A reference as it is stored with its incident: what is shown of it as well. */
export type StoredReference = IncidentObservation &
  Pick<IncidentPayload, 'runbook' | 'suppressed'>;

/** JSON of `incident.record`: the derived whole. */
export interface StoredIncident extends Incident {
  references: StoredReference[];
}

/** A row of `incident`. On PostgreSQL instants come as strings: read by `toNumber`. */
export interface IncidentRow {
  id: string;
  state: IncidentState;
  priority: number | null;
  started_at: number;
  ended_at: number | null;
  resolved_at: number | null;
  title: string;
  record: string;
  hash: string;
}

/** A row of `incident_service`. */
export interface IncidentServiceRow {
  incident_id: string;
  service_id: string;
  /** '' where nobody says. */
  environment: string;
  started_at: number;
}

/** A row of `incident_said`. */
export interface IncidentSaidRow {
  id: string;
  incident_ref: string;
  kind: 'override' | 'grouping' | 'suspect';
  body: string;
  /** Of an override: one for each incident and field; absent of those from before. */
  field_id?: string | null;
  person_id: string;
  at: number;
  why: string | null;
  taken_back_at: number | null;
  taken_back_by: string | null;
  taken_back_why: string | null;
}

/** The id of a reference; that of the first is the incident's. */
export function incidentIdOf({ source, key }: IncidentReference): string {
  return deterministicId('incident', source, key);
}

/** What reasons call a reference by. */
export function referenceName({ source, key }: IncidentReference): string {
  return `${source} ${key}`;
}

/** With its instants as numbers. */
export function readIncident(row: IncidentRow): IncidentRow {
  return {
    ...row,
    started_at: toNumber(row.started_at),
    ended_at: toNumber(row.ended_at) ?? null,
    resolved_at: toNumber(row.resolved_at) ?? null,
  };
}
