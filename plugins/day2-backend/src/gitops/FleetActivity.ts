import type { Knex } from 'knex';
import { toNumber, type RunningRow } from '../database';
import type { Range } from '../http/range';
import { whereInList } from '../permissions/whereService';

/** What happened to a service in a range. */
export interface ServiceActivity {
  deployments: number;
  failed: number;
  changes: number;
  emergencies: number;
  /** Epoch milliseconds of the newest of them. */
  latestAt?: number;
}

/** What runs and what happened, of a page of services at once. */
export class FleetActivity {
  readonly #database: Knex;

  private constructor(database: Knex) {
    this.#database = database;
  }

  static create(options: { database: Knex }): FleetActivity {
    return new FleetActivity(options.database);
  }

  /** The version deployed last to any of the environments, by service. */
  async versions(options: {
    serviceIds: string[];
    environments: string[];
  }): Promise<Map<string, { version: string; since: number }>> {
    const query = this.#database('running').select(
      'service_id',
      'version',
      'since',
      'deployment_id',
    );
    whereInList(query, { column: 'service_id', values: options.serviceIds });
    whereInList(query, {
      column: 'environment',
      values: options.environments,
    });
    const found = new Map<string, { version: string; since: number }>();
    for (const row of (await query) as RunningRow[]) {
      const since = toNumber(row.since);
      const known = found.get(row.service_id);
      if (!known || known.since < since) {
        found.set(row.service_id, { version: row.version, since });
      }
    }
    return found;
  }

  /** Deployments to the environments, and changes of these or of none in particular. */
  async happened(options: {
    serviceIds: string[];
    environments: string[];
    range: Range;
  }): Promise<Map<string, ServiceActivity>> {
    const { serviceIds, environments, range } = options;
    const deployments = this.#database('deployment')
      .where('finished_at', '>=', range.from)
      .where('finished_at', '<', range.to)
      .groupBy('service_id')
      .select(
        'service_id',
        this.#database.raw('count(*) as total'),
        this.#database.raw(
          "sum(case when outcome = 'failed' then 1 else 0 end) as marked",
        ),
        this.#database.raw('max(finished_at) as latest'),
      );
    whereInList(deployments, { column: 'service_id', values: serviceIds });
    whereInList(deployments, { column: 'environment', values: environments });
    const changes = this.#database('record_service')
      .join('change', 'change.id', 'record_service.record_id')
      .where('record_service.at', '>=', range.from)
      .where('record_service.at', '<', range.to)
      .groupBy('record_service.service_id')
      .select(
        'record_service.service_id',
        this.#database.raw('count(distinct record_service.record_id) as total'),
        this.#database.raw(
          'count(distinct case when "change"."emergency" then record_service.record_id end) as marked',
        ),
        this.#database.raw('max(record_service.at) as latest'),
      );
    whereInList(changes, {
      column: 'record_service.service_id',
      values: serviceIds,
    });
    whereInList(changes, {
      column: 'record_service.environment',
      values: [...environments, ''],
    });
    const [deployed, changed]: Record<string, any>[][] = await Promise.all([
      deployments,
      changes,
    ]);
    const found = new Map<string, ServiceActivity>();
    const of = (row: Record<string, any>) => {
      const activity = found.get(row.service_id) ?? {
        deployments: 0,
        failed: 0,
        changes: 0,
        emergencies: 0,
      };
      activity.latestAt = Math.max(activity.latestAt ?? 0, Number(row.latest));
      found.set(row.service_id, activity);
      return activity;
    };
    for (const row of deployed) {
      Object.assign(of(row), {
        deployments: Number(row.total),
        failed: Number(row.marked),
      });
    }
    for (const row of changed) {
      Object.assign(of(row), {
        changes: Number(row.total),
        emergencies: Number(row.marked),
      });
    }
    return found;
  }
}
