import type { IncidentReference } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { canonicalJson, chunksOf, hashOf, type TimelineRow } from '../database';
import {
  incidentIdOf,
  type IncidentRow,
  type IncidentServiceRow,
  type StoredIncident,
} from './incidentRows';
import { summaryOf } from './summaryOf';
import { incidentTimeline } from './incidentTimeline';

/** An incident as it is stored before it is derived again. */
export interface KnownIncident {
  id: string;
  /** As `state`, absent of one whose row is gone. */
  hash?: string;
  state?: IncidentRow['state'];
  /** As `state`. */
  priority?: number;
  references: IncidentReference[];
  serviceIds: string[];
}

/** Everything that is written of one incident. */
export interface IncidentRows {
  row: IncidentRow;
  references: IncidentReference[];
  services: IncidentServiceRow[];
  timeline: TimelineRow[];
}

/** What one incident is stored as. */
export function rowsOf(incident: StoredIncident): IncidentRows {
  const id = incidentIdOf(incident.first);
  const { mitigatedAt, resolvedAt } = incident.instants;
  const record = canonicalJson(incident);
  const summary = summaryOf(incident);
  const row: IncidentRow = {
    id,
    state: incident.state,
    priority: incident.priority.priority ?? null,
    started_at: incident.startedAt,
    ended_at: mitigatedAt.at ?? resolvedAt.at ?? null,
    resolved_at: resolvedAt.at ?? null,
    title: incident.title,
    record,
    summary: summary ? canonicalJson(summary) : null,
    hash: hashOf(incident),
  };
  const services = placesOf(incident).map(place => ({
    incident_id: id,
    ...place,
    started_at: incident.startedAt,
  }));
  return {
    row,
    references: incident.references.map(({ source, key }) => ({ source, key })),
    services,
    timeline: services.map(place => incidentTimeline({ row, place, incident })),
  };
}

/**
 * Where each service is hit: by the references of it that say so, else where
 * the others say, else nowhere in particular.
 */
function placesOf(
  incident: StoredIncident,
): { service_id: string; environment: string }[] {
  return incident.services.flatMap(service_id => {
    const own = incident.references.flatMap(({ services, environment }) =>
      services.includes(service_id) ? environment ?? [] : [],
    );
    const told = own.length > 0 ? own : incident.environments;
    return [...new Set(told.length > 0 ? told : [''])].map(environment => ({
      service_id,
      environment,
    }));
  });
}

/** The rows of incidents. */
export const incidentStore = {
  /** Incidents that hold any of the references. */
  async holding(
    transaction: Knex,
    referenceIds: string[],
  ): Promise<KnownIncident[]> {
    const ids = new Set<string>();
    for (const chunk of chunksOf(referenceIds)) {
      const found: string[] = await transaction('incident_reference')
        .whereIn('reference_id', chunk)
        .distinct()
        .pluck('incident_id');
      found.forEach(id => ids.add(id));
    }
    const known: KnownIncident[] = [];
    for (const chunk of chunksOf([...ids])) {
      const rows = await transaction('incident')
        .whereIn('id', chunk)
        .select('id', 'hash', 'state', 'priority');
      const references = await transaction('incident_reference')
        .whereIn('incident_id', chunk)
        .select('incident_id', 'source', 'key');
      const services = await transaction('incident_service')
        .whereIn('incident_id', chunk)
        .distinct('incident_id', 'service_id');
      for (const id of chunk) {
        const isOf = (row: { incident_id: string }) => row.incident_id === id;
        known.push({
          id,
          hash: rows.find(row => row.id === id)?.hash,
          state: rows.find(row => row.id === id)?.state,
          priority: rows.find(row => row.id === id)?.priority ?? undefined,
          references: references
            .filter(isOf)
            .map(({ source, key }) => ({ source, key })),
          serviceIds: services.filter(isOf).map(({ service_id }) => service_id),
        });
      }
    }
    return known;
  },

  /** What incidents are known as, by their ids: also by what is of them no more. */
  async aliases(
    transaction: Knex,
    ids: string[],
  ): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>();
    for (const chunk of chunksOf(ids)) {
      const rows = await transaction('incident_alias')
        .whereIn('incident_id', chunk)
        .select('alias', 'incident_id');
      for (const { alias, incident_id } of rows) {
        const all = found.get(incident_id) ?? [];
        all.push(alias);
        found.set(incident_id, all);
      }
    }
    return found;
  },

  /** As they were derived last, by their ids. */
  async records(
    transaction: Knex,
    ids: string[],
  ): Promise<Map<string, StoredIncident>> {
    const found = new Map<string, StoredIncident>();
    for (const chunk of chunksOf(ids)) {
      const rows = await transaction('incident')
        .whereIn('id', chunk)
        .select('id', 'record');
      rows.forEach(({ id, record }) => found.set(id, JSON.parse(record)));
    }
    return found;
  },

  async remove(transaction: Knex.Transaction, ids: string[]): Promise<void> {
    for (const chunk of chunksOf(ids)) {
      await transaction('incident').whereIn('id', chunk).delete();
      for (const table of ['incident_reference', 'incident_service']) {
        await transaction(table).whereIn('incident_id', chunk).delete();
      }
      await transaction('timeline').whereIn('record_id', chunk).delete();
    }
  },

  async write(
    transaction: Knex.Transaction,
    incidents: IncidentRows[],
  ): Promise<void> {
    const ids = incidents.map(({ row }) => row.id);
    for (const chunk of chunksOf(ids)) {
      await transaction('incident_service')
        .whereIn('incident_id', chunk)
        .delete();
      await transaction('incident_reference')
        .whereIn('incident_id', chunk)
        .delete();
      await transaction('timeline').whereIn('record_id', chunk).delete();
    }
    for (const chunk of chunksOf(
      incidents.map(({ row }) => row),
      20,
    )) {
      await transaction('incident').insert(chunk).onConflict('id').merge();
    }
    const references = incidents.flatMap(({ row, references: of }) =>
      of.map(({ source, key }) => ({
        reference_id: incidentIdOf({ source, key }),
        incident_id: row.id,
        source,
        key,
      })),
    );
    for (const chunk of chunksOf(references)) {
      // One that was of an incident which is written later moves.
      await transaction('incident_reference')
        .insert(chunk)
        .onConflict('reference_id')
        .merge();
      await transaction('incident_alias')
        .insert(
          chunk.map(({ reference_id, incident_id }) => ({
            alias: reference_id,
            incident_id,
          })),
        )
        .onConflict('alias')
        .merge();
    }
    for (const chunk of chunksOf(
      incidents.flatMap(({ services }) => services),
    )) {
      await transaction('incident_service').insert(chunk);
    }
    for (const chunk of chunksOf(
      incidents.flatMap(({ timeline }) => timeline),
    )) {
      await transaction('timeline').insert(chunk);
    }
  },

  /** Lets the ids of incidents that are gone find the ones that took their references. */
  async redirect(
    transaction: Knex.Transaction,
    gone: KnownIncident[],
  ): Promise<void> {
    for (const { id, references } of gone) {
      const successor = await transaction('incident_reference')
        .whereIn('reference_id', references.map(incidentIdOf).slice(0, 100))
        .join('incident', 'incident.id', 'incident_reference.incident_id')
        .orderBy(['incident.started_at', 'incident.id'])
        .first('incident.id');
      if (successor) {
        await transaction('incident_alias')
          .where({ incident_id: id })
          .update({ incident_id: successor.id });
      }
    }
  },
};
