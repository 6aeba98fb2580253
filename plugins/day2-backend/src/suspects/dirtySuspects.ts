import { SUSPECT_RULES } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { chunksOf } from '../database';
import type { Range } from '../http/range';

const HOPS = 2;

/** Something that may be a suspect, as it was or as it is now. */
export interface Happening {
  /** Id of the deployment or change. */
  id: string;
  serviceId: string;
  /** When it finished, or landed: epoch milliseconds. */
  at: number;
}

/** Marks incidents whose suspects are to judge again, in the caller's transaction. */
export async function markSuspectsDirty(
  transaction: Knex.Transaction,
  incidentIds: Iterable<string>,
  now: number,
): Promise<void> {
  // In one order by everybody.
  for (const chunk of chunksOf([...new Set(incidentIds)].sort())) {
    await transaction('dirty_suspect')
      .insert(chunk.map(id => ({ incident_id: id, since: now })))
      .onConflict('incident_id')
      .merge({
        generation: transaction.raw('?? + 1', ['dirty_suspect.generation']),
      });
  }
}

/**
 * Marks the incidents that deployments or changes of services may have to do
 * with: those that have one for a suspect, and those within reach of which it
 * happened.
 */
export async function markSuspectsAround(
  transaction: Knex.Transaction,
  happenings: readonly Happening[],
  now: number,
): Promise<void> {
  if (happenings.length === 0 || !(await transaction('incident').first('id'))) {
    return;
  }
  const found = new Set<string>();
  for (const chunk of chunksOf(happenings)) {
    const ids: string[] = await transaction('suspect')
      .whereIn(
        'candidate_id',
        chunk.map(({ id }) => id),
      )
      .distinct()
      .pluck('incident_id');
    ids.forEach(id => found.add(id));
  }
  const ranges = new Map<string, Range>();
  for (const { serviceId, at } of happenings) {
    const { from, to } = ranges.get(serviceId) ?? { from: at, to: at };
    ranges.set(serviceId, { from: Math.min(from, at), to: Math.max(to, at) });
  }
  for (const [serviceId, range] of [...ranges].sort(([a], [b]) =>
    a < b ? -1 : 1,
  )) {
    const reached = await incidentsReached(transaction, serviceId, range);
    reached.forEach(id => found.add(id));
  }
  await markSuspectsDirty(transaction, found, now);
}

/** Of the service and of those that depend on it, or ever did. */
async function incidentsReached(
  transaction: Knex,
  serviceId: string,
  { from, to }: Range,
): Promise<string[]> {
  const { lookBackMs, undoneWithinMs } = SUSPECT_RULES;
  const found: string[] = [];
  for (const chunk of chunksOf(await dependents(transaction, serviceId))) {
    const ids: string[] = await transaction('incident_service')
      .join('incident', 'incident.id', 'incident_service.incident_id')
      .whereIn('incident_service.service_id', chunk)
      .where('incident_service.started_at', '<=', to + lookBackMs)
      .where(where =>
        where
          .whereNull('incident.resolved_at')
          // A roll-out may have begun as long before it finished.
          .orWhere(
            'incident.resolved_at',
            '>=',
            from - undoneWithinMs - lookBackMs,
          ),
      )
      .distinct()
      .pluck('incident_service.incident_id');
    found.push(...ids);
  }
  return found;
}

async function dependents(
  transaction: Knex,
  serviceId: string,
): Promise<string[]> {
  const found = new Set([serviceId]);
  let next = [serviceId];
  for (let hop = 0; hop < HOPS; hop += 1) {
    const more: string[] = [];
    for (const chunk of chunksOf(next)) {
      const ids: string[] = await transaction('service_alias')
        .join(
          'service_dependency',
          'service_dependency.depends_on',
          'service_alias.ref',
        )
        .whereIn('service_alias.service_id', chunk)
        .distinct()
        .pluck('service_dependency.service_id');
      more.push(...ids);
    }
    next = [...new Set(more)].filter(id => !found.has(id));
    next.forEach(id => found.add(id));
  }
  return [...found].sort();
}
