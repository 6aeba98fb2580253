import type { Knex } from 'knex';
import { toNumber, type RunningRow } from '../database';
import type { Range } from '../http/range';
import type { DayCounts } from './changesTile';
import type { LiveDeployment } from './lastKnownGood';

/** Deployments that are looked back on for the last good version. */
const LOOK_BACK = 300;

/** The summary's queries, each by an index. */
export class SummaryReads {
  readonly #database: Knex;

  private constructor(database: Knex) {
    this.#database = database;
  }

  static create(options: { database: Knex }): SummaryReads {
    return new SummaryReads(options.database);
  }

  /** The environments that a service was ever deployed to. */
  async environments(serviceId: string): Promise<string[]> {
    const rows: { environment: string }[] = await this.#database('deployment')
      .where('service_id', serviceId)
      .distinct('environment')
      .orderBy('environment');
    return rows.map(row => row.environment);
  }

  /** What runs on each target of each environment. */
  async running(serviceId: string): Promise<RunningRow[]> {
    return await this.#database('running')
      .where('service_id', serviceId)
      .select('*');
  }

  /** Deployments that went live in an environment, newest first. */
  async live(options: {
    serviceId: string;
    environment: string;
  }): Promise<LiveDeployment[]> {
    const rows: Record<string, any>[] = await this.#database('deployment')
      .where({
        service_id: options.serviceId,
        environment: options.environment,
      })
      .whereIn('rollout', ['succeeded', 'unknown'])
      .orderBy([
        { column: 'finished_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(LOOK_BACK)
      .select('id', 'version', 'finished_at', 'outcome');
    return rows.map(row => ({
      id: row.id,
      version: row.version,
      finishedAt: toNumber(row.finished_at),
      outcome: row.outcome,
    }));
  }

  /** Deployments and changes of the range by UTC day, and the newest of them. */
  async days(options: {
    serviceId: string;
    environment: string;
    range: Range;
  }): Promise<{ days: DayCounts[]; latestAt?: number }> {
    const { range } = options;
    const deployments = this.#database('deployment')
      .where({
        service_id: options.serviceId,
        environment: options.environment,
      })
      .where('finished_at', '>=', range.from)
      .where('finished_at', '<', range.to)
      .groupByRaw('finished_at / 86400000')
      .select(
        this.#database.raw('finished_at / 86400000 as day'),
        this.#database.raw('count(*) as total'),
        this.#database.raw(
          "sum(case when outcome = 'failed' then 1 else 0 end) as marked",
        ),
        this.#database.raw('max(finished_at) as latest'),
      );
    const changes = this.#database('record_service')
      .join('change', 'change.id', 'record_service.record_id')
      .where('record_service.service_id', options.serviceId)
      .whereIn('record_service.environment', [options.environment, ''])
      .where('record_service.at', '>=', range.from)
      .where('record_service.at', '<', range.to)
      .groupByRaw('record_service.at / 86400000')
      .select(
        this.#database.raw('record_service.at / 86400000 as day'),
        this.#database.raw('count(distinct record_service.record_id) as total'),
        // A change tied to the service twice is one.
        this.#database.raw(
          'count(distinct case when "change"."emergency" then record_service.record_id end) as marked',
        ),
        this.#database.raw('max(record_service.at) as latest'),
      );
    const [deploymentRows, changeRows]: Record<string, any>[][] =
      await Promise.all([deployments, changes]);
    const days = new Map<number, DayCounts>();
    const on = (day: number) => {
      const counts = days.get(day) ?? {
        day,
        deployments: 0,
        failed: 0,
        changes: 0,
        emergencies: 0,
      };
      days.set(day, counts);
      return counts;
    };
    for (const row of deploymentRows) {
      const counts = on(Number(row.day));
      counts.deployments = Number(row.total);
      counts.failed = Number(row.marked);
    }
    for (const row of changeRows) {
      const counts = on(Number(row.day));
      counts.changes = Number(row.total);
      counts.emergencies = Number(row.marked);
    }
    const latest = [...deploymentRows, ...changeRows].map(row =>
      Number(row.latest),
    );
    return {
      days: [...days.values()].sort((a, b) => a.day - b.day),
      latestAt: latest.length > 0 ? Math.max(...latest) : undefined,
    };
  }

  /** The newest record of a service before an instant, by kind; epoch milliseconds. */
  async latestBefore(options: {
    of: 'deployments' | 'changes' | 'timeline';
    serviceId: string;
    environment?: string;
    before: number;
  }): Promise<number | undefined> {
    const query = this.#database('timeline')
      .where('service_id', options.serviceId)
      .where('at', '<', options.before)
      .max('at as latest')
      .first();
    if (options.environment !== undefined) {
      query.whereIn(
        'environment',
        options.of === 'deployments'
          ? [options.environment]
          : [options.environment, ''],
      );
    }
    if (options.of !== 'timeline') {
      query.where('kind', options.of === 'changes' ? 'change' : 'deployment');
    }
    const row = await query;
    return toNumber((row as { latest?: number | null } | undefined)?.latest);
  }
}
