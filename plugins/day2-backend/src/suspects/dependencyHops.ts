import { servicesWithin } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { chunksOf, toNumber } from '../database';

const HOPS = 2;
/** Of what everything depends on, or depends on everything: the nearest. */
const MAX_SERVICES = 300;

interface Dependency {
  on: string;
  from: number;
  to: number;
}

/** How many steps services are away from what is hit. */
export interface DependencyHops {
  /** From the nearest of it: nearest first. */
  hops: Map<string, number>;
  /** By each of what is hit; absent where one is not within reach of it. */
  hopsFrom: Map<string, Map<string, number>>;
}

/**
 * The services that each of some services depended on at an instant, two steps
 * far, with how many steps away they are, itself (0) included.
 *
 * @remarks Before the hub knew a service, what it depended on first stands in.
 *
 * @param hits - `services`: ids of what is hit; `at`: epoch milliseconds
 */
export async function dependencyHops(
  transaction: Knex,
  hits: readonly { id: string; services: readonly string[]; at: number }[],
): Promise<Map<string, DependencyHops>> {
  const dependencies = new Map<string, Dependency[]>();
  let next = new Set(hits.flatMap(({ services }) => services));
  for (let hop = 0; hop < HOPS && next.size > 0; hop += 1) {
    const found = await load(transaction, [...next].sort());
    next.forEach(each => dependencies.set(each, found.get(each) ?? []));
    next = new Set(
      [...found.values()]
        .flatMap(each => each.map(({ on }) => on))
        .filter(each => !dependencies.has(each)),
    );
  }
  return new Map(
    hits.map(({ id, services, at }) => {
      const dependsOn = new Map(
        [...dependencies].map(([service, all]) => [
          service,
          all
            .filter(({ from, to }) => from <= at && at < to)
            .map(({ on }) => on),
        ]),
      );
      const all = servicesWithin({ of: [...services].sort(), dependsOn });
      const hopsFrom = new Map(
        services.map(each => [each, servicesWithin({ of: [each], dependsOn })]),
      );
      return [id, { hops: new Map([...all].slice(0, MAX_SERVICES)), hopsFrom }];
    }),
  );
}

async function load(
  transaction: Knex,
  serviceIds: string[],
): Promise<Map<string, Dependency[]>> {
  const found = new Map<string, Dependency[]>();
  for (const chunk of chunksOf(serviceIds)) {
    const rows: Record<string, any>[] = await transaction('service_dependency')
      .join('service', 'service.id', 'service_dependency.service_id')
      .join(
        'service_alias',
        'service_alias.ref',
        'service_dependency.depends_on',
      )
      .whereIn('service_dependency.service_id', chunk)
      .orderBy([
        'service_dependency.service_id',
        'service_alias.service_id',
        'service_dependency.valid_from',
      ])
      .select(
        'service_dependency.service_id',
        'service_alias.service_id as on',
        'service_dependency.valid_from',
        'service_dependency.valid_to',
        'service.created_at',
      );
    for (const row of rows) {
      const from = toNumber(row.valid_from);
      const known = found.get(row.service_id) ?? [];
      found.set(row.service_id, known);
      known.push({
        on: row.on,
        from: from <= toNumber(row.created_at) ? -Infinity : from,
        to: row.valid_to === null ? Infinity : toNumber(row.valid_to),
      });
    }
  }
  return found;
}
