import type { Knex } from 'knex';
import { inTransaction } from '../database';
import { IncidentDeriver } from '../incidents/IncidentDeriver';
import { incidentIdOf, type IncidentSaidRow } from '../incidents/incidentRows';
import { IncidentSuspects } from '../suspects/IncidentSuspects';
import { SuspectDeriver } from '../suspects/SuspectDeriver';

/** An alert of a tool, as it is stored. */
export interface SeededReference {
  source: string;
  key: string;
  /** Ids of services. */
  services: string[];
  detectedAt: number;
  resolvedAt?: number;
  title?: string;
}

/**
 * References as a source said them, tied to services by a person, and the
 * incidents that they make.
 *
 * @param options - `alias`: an id that leads to the incident of the first
 */
export async function seedIncident(
  database: Knex,
  options: { references: SeededReference[]; alias?: string },
): Promise<string> {
  const { references, alias } = options;
  for (const { source, key, services, ...told } of references) {
    const subjectId = `of ${source} ${key}`.slice(0, 40);
    await database('subject').insert({
      id: subjectId,
      source,
      key: `of ${key}`,
      kind: 'alerts',
      traits: '{}',
      traits_hash: '',
      traits_at: 0,
      traits_by: key,
    });
    await database('link').insert(
      services.map(service_id => ({
        id: `${service_id} ${key}`.slice(0, 40),
        subject_id: subjectId,
        service_id,
        via: 'person',
        reason: 'said so',
      })),
    );
    await database('observation').insert({
      source,
      key,
      kind: 'incident',
      version: 1,
      hash: '',
      subject_id: subjectId,
      environment: 'unknown',
      at: told.detectedAt,
      payload: JSON.stringify({
        subject: { key: `of ${key}`, kind: 'alerts', traits: {} },
        tool: 'alertmanager',
        nature: 'alert',
        title: key,
        words: [],
        ...told,
      }),
    });
  }
  await inTransaction(database, transaction =>
    IncidentDeriver.create({
      suspects: IncidentSuspects.create({
        deriver: SuspectDeriver.create({ environments: [] }),
      }),
      now: () => references[0].detectedAt,
    }).derive(transaction, references),
  );
  const id = incidentIdOf(references[0]);
  if (alias) {
    await database('incident_alias').insert({ alias, incident_id: id });
  }
  return id;
}

/** A word on the first reference of the route's tests: it is P1. */
export function saidRow(
  row: { id: string } & Partial<IncidentSaidRow>,
): IncidentSaidRow {
  return {
    incident_ref: JSON.stringify({ source: 'git:gitops', key: 'first' }),
    kind: 'override',
    body: JSON.stringify({ field: 'priority', value: 1 }),
    person_id: 'ann',
    at: 6,
    why: null,
    taken_back_at: null,
    taken_back_by: null,
    taken_back_why: null,
    ...row,
  };
}
