import type { Knex } from 'knex';
import { toNumber } from '../database';
import { cutPage, decodeCursor } from '../http/cursor';
import type { Range } from '../http/range';
import { whereInList, whereService } from '../permissions/whereService';
import type { Visibility } from '../permissions/VisibleServices';
import { whereText } from '../timeline/searchText';
import { listedColumns, readIncident, type IncidentRow } from './incidentRows';
import { UNRESOLVED, whereThere } from './whereThere';

/** Which incidents a list is of. */
export interface IncidentFilters {
  visible: Visibility;
  /** Of one service alone, which the caller may see. */
  serviceId?: string;
  environment?: string;
  state?: 'open' | 'mitigated' | 'resolved' | 'unresolved';
  /** Refs in lower case: of a group and those below it. */
  owners?: string[];
  system?: string;
  priority?: number;
  text?: string;
  range: Range;
}

type Places = Pick<
  IncidentFilters,
  'visible' | 'serviceId' | 'environment' | 'owners' | 'system'
>;

const ALL: Visibility = { kind: 'all' };

/** Incidents of one service, as its tile tells them. */
export interface StandingIncidents {
  unresolved: (Pick<IncidentRow, 'state' | 'priority'> & {
    /** Epoch milliseconds. */
    startedAt: number;
  })[];
  /** That were there in the range, unresolved ones too. */
  inRange: number;
  /** Of the newest before the range, where there was none in it. */
  latestAt?: number;
}

/** What lists of incidents may be narrowed by. */
export interface IncidentFacets {
  owners: string[];
  systems: string[];
  unresolved: number;
}

/** Lists of incidents, narrowed to what a caller may see in SQL. */
export class IncidentList {
  readonly #database: Knex;

  private constructor(database: Knex) {
    this.#database = database;
  }

  static create(options: { database: Knex }): IncidentList {
    return new IncidentList(options.database);
  }

  /** Newest first, by their start: those that were there in the range. */
  async page(
    options: IncidentFilters & { cursor?: string; limit: number },
  ): Promise<{ rows: IncidentRow[]; nextCursor?: string }> {
    const { state, priority, limit } = options;
    const after = decodeCursor({ cursor: options.cursor, kind: 'number' });
    const query = this.#database('incident')
      .select(listedColumns(this.#database))
      .orderBy([
        { column: 'incident.started_at', order: 'desc' },
        { column: 'incident.id', order: 'desc' },
      ])
      .limit(limit + 1);
    if (state === 'unresolved') {
      query.whereIn('incident.state', UNRESOLVED);
    } else {
      whereThere(query, { database: this.#database, ...options });
      if (state) {
        query.where('incident.state', state);
      }
    }
    if (priority !== undefined) {
      query.where('incident.priority', priority);
    }
    if (after) {
      query.whereRaw('(incident.started_at, incident.id) < (?, ?)', [
        after.at,
        after.id,
      ]);
    }
    this.#narrow(query, options);
    if (options.text) {
      query.whereExists(this.#told(options, options.text));
    }
    return cutPage({
      rows: ((await query) as IncidentRow[]).map(readIncident),
      limit,
      position: row => ({ at: row.started_at, id: row.id }),
    });
  }

  /** How a service stands. */
  async standing(options: {
    serviceId: string;
    environment?: string;
    range: Range;
  }): Promise<StandingIncidents> {
    const asked = { ...options, visible: ALL };
    const unresolved = this.#database('incident')
      .whereIn('incident.state', UNRESOLVED)
      .select('incident.state', 'incident.priority', 'incident.started_at');
    this.#narrow(unresolved, asked);
    const inRange = this.#database('incident').select('incident.id');
    whereThere(inRange, { database: this.#database, ...options });
    this.#narrow(inRange, asked);
    const [rows, [{ n }]]: [
      Pick<IncidentRow, 'state' | 'priority' | 'started_at'>[],
      Record<string, any>[],
    ] = await Promise.all([
      unresolved,
      this.#database(inRange.as('found')).count({ n: '*' }),
    ]);
    return {
      unresolved: rows.map(({ state, priority, started_at }) => ({
        state,
        priority,
        startedAt: toNumber(started_at),
      })),
      inRange: Number(n),
      latestAt:
        Number(n) > 0
          ? undefined
          : await this.latestBefore({ ...asked, before: options.range.from }),
    };
  }

  /** The newest start before an instant; epoch milliseconds. */
  async latestBefore(
    options: Pick<IncidentFilters, 'visible' | 'serviceId' | 'environment'> & {
      before: number;
    },
  ): Promise<number | undefined> {
    const query = this.#database('incident')
      .where('incident.started_at', '<', options.before)
      .orderBy('incident.started_at', 'desc')
      .limit(1)
      .select('incident.started_at');
    this.#narrow(query, options);
    const [row]: IncidentRow[] = await query;
    return toNumber(row?.started_at);
  }

  /** Of all that the caller may see, whatever else is asked for. */
  async facets(options: { visible: Visibility }): Promise<IncidentFacets> {
    const valuesOf = async (column: 'owner' | 'system'): Promise<string[]> => {
      const query = this.#database('service')
        .whereNotNull(column)
        .whereExists(
          this.#database('incident_service').whereRaw(
            'incident_service.service_id = service.id',
          ),
        );
      whereService(query, { column: 'service.id', visible: options.visible });
      return await query.distinct().orderBy(column).pluck(column);
    };
    const [owners, systems, counted] = await Promise.all([
      valuesOf('owner'),
      valuesOf('system'),
      this.#database('incident')
        .whereIn('state', UNRESOLVED)
        .whereExists(this.#places(options))
        .count({ n: '*' }),
    ]);
    return { owners, systems, unresolved: Number(counted[0].n) };
  }

  /** Whether a group itself owns a service that the caller may see. */
  async isOwner(options: {
    visible: Visibility;
    owner: string;
  }): Promise<boolean> {
    const query = this.#database('service').where('owner', options.owner);
    whereService(query, { column: 'id', visible: options.visible });
    return (await query.first('id')) !== undefined;
  }

  /** To the places that are asked for: of one service they are looked for by it. */
  #narrow(query: Knex.QueryBuilder, options: Places): void {
    const { serviceId, environment } = options;
    if (serviceId === undefined) {
      query.whereExists(this.#places(options));
      return;
    }
    query
      .join('incident_service as own', 'own.incident_id', 'incident.id')
      .where('own.service_id', serviceId)
      .groupBy('incident.id');
    if (environment !== undefined) {
      query.whereIn('own.environment', [environment, '']);
    }
  }

  /** A place of the incident that is asked for, of a service that may be seen. */
  #places(options: Places): Knex.QueryBuilder {
    const { environment, owners, system, visible } = options;
    const query = this.#database('incident_service as place')
      .select(this.#database.raw('1'))
      .whereRaw('place.incident_id = incident.id');
    whereService(query, { column: 'place.service_id', visible });
    if (environment !== undefined) {
      query.whereIn('place.environment', [environment, '']);
    }
    if (owners || system) {
      query.join('service', 'service.id', 'place.service_id');
    }
    if (owners) {
      whereInList(query, { column: 'service.owner', values: owners });
    }
    if (system) {
      query.where('service.system', system.toLowerCase());
    }
    return query;
  }

  /** Its line in the timeline of a service that may be seen: it names no others. */
  #told(options: IncidentFilters, text: string): Knex.QueryBuilder {
    const { visible, serviceId } = options;
    const query = this.#database('timeline as line')
      .select(this.#database.raw('1'))
      .whereRaw('line.record_id = incident.id');
    whereService(query, { column: 'line.service_id', visible });
    if (serviceId !== undefined) {
      query.where('line.service_id', serviceId);
    }
    whereText(query, { column: 'line.search', text });
    return query;
  }
}
