import {
  SUSPECT_RULES,
  suspectedIncidentOf,
  type EnvironmentRule,
  type SuspectDecision,
  type SuspectedIncident,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { chunksOf } from '../database';
import type { StoredIncident } from '../incidents/incidentRows';
import { dependencyHops } from './dependencyHops';
import { suspectDecisions } from './suspectDecisions';

/** An incident with what its suspects are looked for by. */
export interface JudgedIncident {
  id: string;
  incident: StoredIncident;
  /** Of one of which nobody says where it is: in production. */
  suspected: SuspectedIncident;
  /** Steps from what is hit, by service: nearest first. */
  hops: Map<string, number>;
  /** The same from each of what is hit. */
  hopsFrom: Map<string, Map<string, number>>;
  decisions: SuspectDecision[];
  /** Epoch milliseconds: what finished before has no part in it. */
  from: number;
  /** What began later has none either. */
  to: number;
}

/** Incidents as their suspects are judged from; those that are gone are left out. */
export async function loadJudgedIncidents(
  transaction: Knex,
  options: {
    incidentIds: readonly string[];
    environments: readonly EnvironmentRule[];
    now: number;
  },
): Promise<JudgedIncident[]> {
  const rows: { id: string; record: string }[] = [];
  for (const chunk of chunksOf(options.incidentIds)) {
    rows.push(
      ...(await transaction('incident')
        .whereIn('id', chunk)
        .orderBy('id')
        .select('id', 'record')),
    );
  }
  const incidents = rows.map(({ id, record }) => {
    const incident = JSON.parse(record) as StoredIncident;
    return { id, incident };
  });
  const hops = await dependencyHops(
    transaction,
    incidents.map(({ id, incident }) => ({
      id,
      services: incident.services,
      at: incident.startedAt,
    })),
  );
  const decisions = await suspectDecisions(
    transaction,
    rows.map(({ id }) => id),
  );
  const production = options.environments
    .filter(({ tier }) => tier === 'production')
    .map(({ name }) => name);
  return incidents.map(({ id, incident }) => {
    const suspected = suspectedIncidentOf(incident);
    const end = suspected.resolvedAt ?? options.now;
    return {
      id,
      incident,
      suspected:
        suspected.environments.length > 0
          ? suspected
          : { ...suspected, environments: production },
      hops: hops.get(id)?.hops ?? new Map(),
      hopsFrom: hops.get(id)?.hopsFrom ?? new Map(),
      decisions: decisions.get(id) ?? [],
      from: suspected.startedAt - SUSPECT_RULES.lookBackMs,
      to: end + SUSPECT_RULES.undoneWithinMs,
    };
  });
}
