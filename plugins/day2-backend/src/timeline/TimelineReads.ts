import type {
  TimelineEntry,
  TimelineKind,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import {
  toNumber,
  type DeploymentRow,
  type TimelineRecord,
  type TimelineRow,
} from '../database';
import { iso, type Range } from '../http/range';
import { whereInList } from '../permissions/whereService';
import type { PersonReads } from '../persons/PersonReads';
import { newestPage, type PageRequest } from './newestPage';
import { whereText } from './searchText';

/** Reads of the timeline. */
export class TimelineReads {
  readonly #database: Knex;
  readonly #persons: PersonReads;

  private constructor(options: { database: Knex; persons: PersonReads }) {
    this.#database = options.database;
    this.#persons = options.persons;
  }

  static create(options: {
    database: Knex;
    persons: PersonReads;
  }): TimelineReads {
    return new TimelineReads(options);
  }

  /**
   * What happened to a service, newest first. With an environment: what
   * happened there, and what touches none in particular.
   */
  async list(
    options: PageRequest & {
      serviceId: string;
      environment?: string;
      kinds?: TimelineKind[];
      text?: string;
    },
  ): Promise<{ items: TimelineEntry[]; nextCursor?: string }> {
    const query = this.#database('timeline')
      .where('service_id', options.serviceId)
      .select('*');
    if (options.environment !== undefined) {
      query.whereIn('environment', [options.environment, '']);
    }
    if (options.kinds) {
      query.whereIn('kind', options.kinds);
    }
    if (options.text) {
      whereText(query, { column: 'search', text: options.text });
    }
    const page = await newestPage<TimelineRow>({
      ...options,
      query,
      at: 'at',
      id: 'id',
    });
    return {
      items: await this.#shown(page.rows),
      nextCursor: page.nextCursor,
    };
  }

  /**
   * What happened to services, newest first: what happened to several of them
   * at once is one.
   */
  async around(options: {
    serviceIds: string[];
    range: Range;
    kinds: TimelineKind[];
    limit: number;
  }): Promise<TimelineEntry[]> {
    const { range, kinds, limit } = options;
    const query = this.#database('timeline')
      .whereIn('kind', kinds)
      .where('at', '>=', range.from)
      .where('at', '<', range.to)
      .orderBy([
        { column: 'at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit)
      .select('*');
    whereInList(query, { column: 'service_id', values: options.serviceIds });
    const rows: TimelineRow[] = await query;
    const once = new Map(
      rows.map(row => [`${row.record_id} ${row.environment}`, row]),
    );
    return await this.#shown([...once.values()]);
  }

  /**
   * Deployments that had begun at an instant and ended after it, the last to end
   * first: their lines stand where they ended.
   */
  async underWay(options: {
    serviceIds: string[];
    /** Epoch milliseconds. */
    at: number;
    /** They ended so long after it at most. */
    withinMs: number;
    limit: number;
  }): Promise<TimelineEntry[]> {
    const { at, limit } = options;
    const began = this.#database.raw('coalesce(??, ??)', [
      'deployment.started_at',
      'deployment.first_finished_at',
    ]);
    const query = this.#database('deployment')
      .join('timeline', function join() {
        this.on('timeline.record_id', 'deployment.id').andOn(
          'timeline.service_id',
          'deployment.service_id',
        );
      })
      .where('timeline.kind', 'deployment')
      .whereBetween('deployment.finished_at', [at, at + options.withinMs])
      .where(began, '<=', at)
      .orderBy([
        { column: 'deployment.finished_at', order: 'desc' },
        { column: 'deployment.id', order: 'desc' },
      ])
      .limit(limit)
      .select(
        'timeline.*',
        'deployment.started_at',
        'deployment.first_finished_at',
      );
    whereInList(query, {
      column: 'deployment.service_id',
      values: options.serviceIds,
    });
    const rows: (TimelineRow &
      Pick<DeploymentRow, 'started_at' | 'first_finished_at'>)[] = await query;
    const entries = await this.#shown(rows);
    return entries.map((entry, index) => ({
      ...entry,
      underWaySince: iso(
        toNumber(rows[index].started_at ?? rows[index].first_finished_at),
      ),
    }));
  }

  async #shown(rows: TimelineRow[]): Promise<TimelineEntry[]> {
    const entries = rows.map(row => JSON.parse(row.entry) as TimelineRecord);
    const person = await this.#persons.named(
      entries.map(entry => entry.actorId),
    );
    return rows.map((row, index) =>
      shown({ row, entry: entries[index], person }),
    );
  }
}

function shown(options: {
  row: TimelineRow;
  entry: TimelineRecord;
  person: (id: string) => TimelineEntry['actor'];
}): TimelineEntry {
  const { row, entry, person } = options;
  const until = toNumber(row.until);
  return {
    id: row.id,
    kind: row.kind,
    recordId: row.record_id,
    at: iso(toNumber(row.at)),
    until: until === undefined ? undefined : iso(until),
    environment: row.environment === '' ? undefined : row.environment,
    title: entry.title,
    detail: entry.detail,
    status: entry.status,
    flags: entry.flags,
    actor: entry.actorId === undefined ? undefined : person(entry.actorId),
    url: entry.url,
  };
}
