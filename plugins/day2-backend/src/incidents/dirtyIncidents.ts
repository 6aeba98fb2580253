import type { IncidentReference } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { chunksOf } from '../database';
import type { Range } from '../http/range';

/**
 * Marks references whose incidents are to derive again. Marking again while
 * somebody works on it raises the generation, and the work is then repeated.
 */
export async function markReferencesDirty(
  transaction: Knex.Transaction,
  references: Iterable<IncidentReference>,
  now: number,
): Promise<void> {
  const unique = new Map(
    [...references].map(({ source, key }) => [
      `${source}\0${key}`,
      { source, key, since: now },
    ]),
  );
  // In one order by everybody.
  const sorted = [...unique.keys()].sort();
  for (const chunk of chunksOf(sorted)) {
    await transaction('dirty_incident')
      .insert(chunk.map(id => unique.get(id)))
      .onConflict(['source', 'key'])
      .merge({
        generation: transaction.raw('?? + 1', ['dirty_incident.generation']),
      });
  }
}

/**
 * Marks incidents, or those of services, to derive again.
 *
 * @param options - `started`: of those of services only the ones that started
 * then; epoch milliseconds
 */
export async function markIncidentsDirty(
  transaction: Knex.Transaction,
  options: {
    incidentIds?: Iterable<string>;
    serviceIds?: Iterable<string>;
    started?: Range;
  },
  now: number,
): Promise<void> {
  const ids = new Set(options.incidentIds ?? []);
  for (const chunk of chunksOf([...new Set(options.serviceIds ?? [])])) {
    const query = transaction('incident_service').whereIn('service_id', chunk);
    if (options.started) {
      query
        .where('started_at', '>=', options.started.from)
        .where('started_at', '<', options.started.to);
    }
    for (const id of await query.distinct().pluck('incident_id')) {
      ids.add(id);
    }
  }
  const references: IncidentReference[] = [];
  for (const chunk of chunksOf([...ids])) {
    references.push(
      ...(await transaction('incident_reference')
        // The id of an incident is that of its first reference.
        .whereIn('reference_id', chunk)
        .select('source', 'key')),
    );
  }
  await markReferencesDirty(transaction, references, now);
}

/** Marks all that was said of subjects, withdrawn or not. */
export async function markSubjectsIncidentsDirty(
  transaction: Knex.Transaction,
  subjectIds: Iterable<string>,
  now: number,
): Promise<void> {
  for (const chunk of chunksOf([...new Set(subjectIds)].sort())) {
    await markWhere(transaction, now, {
      sql: `subject_id in (${chunk.map(() => '?').join(', ')})`,
      bindings: chunk,
    });
  }
}

/** Marks all: another rule holds. */
export async function markAllIncidents(
  database: Knex,
  now: number,
): Promise<void> {
  await markWhere(database, now, { sql: 'true', bindings: [] });
}

async function markWhere(
  database: Knex,
  now: number,
  condition: { sql: string; bindings: string[] },
): Promise<void> {
  await database.raw(
    `insert into dirty_incident (source, key, since)
       select source, key, cast(? as bigint) from observation
       where kind = 'incident' and ${condition.sql}
       order by source, key
     on conflict (source, key) do update
       set generation = dirty_incident.generation + 1`,
    [now, ...condition.bindings],
  );
}
