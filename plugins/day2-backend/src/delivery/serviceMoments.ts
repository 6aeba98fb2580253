import type { ServiceMoment } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { toNumber } from '../database';
import { normalRef } from './GroupRefs';

/** A service with what it belonged to over time, earliest first. */
export interface ServicePast {
  id: string;
  ref: string;
  title: string;
  moments: ServiceMoment[];
}

/**
 * Every service that is or was, with its past.
 *
 * @param options - `ref`: of one service, the only one then
 */
export async function serviceMoments(
  database: Knex,
  options: { ref?: string } = {},
): Promise<ServicePast[]> {
  const query = database('service');
  if (options.ref !== undefined) {
    query.where('service.ref', normalRef(options.ref));
  }
  const rows: Record<string, any>[] = await query
    .leftJoin('service_history as past', 'past.service_id', 'service.id')
    .orderBy(['service.id', 'past.valid_from'])
    .select(
      'service.id',
      'service.ref',
      'service.title',
      'service.created_at',
      'service.removed_at',
      'service.owner as owner_now',
      'service.system as system_now',
      'service.domain as domain_now',
      'past.valid_from',
      'past.valid_to',
      'past.owner',
      'past.system',
      'past.domain',
      'past.removed',
    );
  const found = new Map<string, ServicePast>();
  for (const row of rows) {
    const { id, ref, title } = row;
    const service: ServicePast = found.get(id) ?? {
      id,
      ref,
      title,
      moments: [],
    };
    found.set(id, service);
    // Without a past it is as it is now.
    const kept = row.valid_from !== null;
    service.moments.push({
      serviceId: id,
      ref,
      validFrom: toNumber(kept ? row.valid_from : row.created_at),
      validTo: toNumber(row.valid_to),
      owner: (kept ? row.owner : row.owner_now) ?? undefined,
      system: (kept ? row.system : row.system_now) ?? undefined,
      domain: (kept ? row.domain : row.domain_now) ?? undefined,
      removed: kept ? Boolean(row.removed) : row.removed_at !== null,
    });
  }
  return [...found.values()];
}
