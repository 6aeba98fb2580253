import {
  toldWord,
  type Incident,
  type IncidentObservation,
  type IncidentReference,
  type IncidentState,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { deterministicId, toNumber } from '../database';
import type { IncidentPayload } from '../ingest/payloads';

/** A reference as it is stored with its incident: what is shown of it as well. */
export type StoredReference = IncidentObservation &
  Pick<IncidentPayload, 'runbook' | 'suppressed'>;

/** References that a summary leaves out, as many as are alike. */
export interface LeftOut {
  services: string[];
  environment?: string;
  count: number;
}

/** JSON of `incident.record`: the derived whole; and of `incident.summary`. */
export interface StoredIncident extends Incident {
  references: StoredReference[];
  /** Of a summary alone. */
  leftOut?: LeftOut[];
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
  /** As far as lists show it; null where that is all. */
  summary?: string | null;
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

/** What reasons call references by, and say of them, of which some are not shown. */
export function namesOf(
  all: readonly StoredReference[],
  shown: readonly StoredReference[],
): string[] {
  const said = (references: readonly StoredReference[]) =>
    references.flatMap(each => [
      referenceName(each),
      ...each.words.map(word => toldWord({ tool: each.tool, ...word })),
    ]);
  const known = new Set(said(shown));
  return [...new Set(said(all))].filter(name => !known.has(name));
}

/** Of a row of `incident` what a list reads: of what is derived the summary. */
export function listedColumns(database: Knex): (string | Knex.Raw)[] {
  const columns =
    'id state priority started_at ended_at resolved_at title hash'.split(' ');
  return [
    ...columns.map(column => `incident.${column}`),
    database.raw('coalesce(incident.summary, incident.record) as record'),
  ];
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
