import {
  severityOfState,
  stateOfSeverity,
  UNOBSERVED_SEVERITY,
  type FleetFacets,
  type FleetState,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { cutPage, decodeCursor } from '../http/cursor';
import { whereInList, whereService } from '../permissions/whereService';
import type { Visibility } from '../permissions/VisibleServices';
import {
  escapeLike,
  toServiceRow,
  type ServiceRow,
} from '../services/ServiceStore';
import { activeLinks } from '../subjects/activeLinks';
import { whereToldBest } from './whereToldBest';

/** Which services, as whom, by whose word. */
export interface FleetQuery {
  visible: Visibility;
  /** Ids of sources whose word holds. */
  fresh: string[];
  /** As in `Observers`. */
  ranked: string[];
}

/** What is asked of the fleet besides. */
export interface FleetFilters {
  /** Refs in lower case: of a group and those below it. */
  owners?: string[];
  system?: string;
  sync?: FleetState['state'];
  text?: string;
}

/** Which services the fleet shows: filtered and counted in SQL. */
export class FleetReads {
  readonly #database: Knex;

  private constructor(database: Knex) {
    this.#database = database;
  }

  static create(options: { database: Knex }): FleetReads {
    return new FleetReads(options.database);
  }

  /** Services by title. */
  async list(
    options: FleetQuery & FleetFilters & { cursor?: string; limit: number },
  ): Promise<{ items: ServiceRow[]; nextCursor?: string }> {
    const { owners, system, sync, text } = options;
    const after = decodeCursor({ cursor: options.cursor, kind: 'string' });
    const query = this.#visible(options)
      .select('service.*')
      .orderBy([{ column: 'service.title' }, { column: 'service.id' }])
      .limit(options.limit + 1);
    if (owners) {
      whereInList(query, { column: 'service.owner', values: owners });
    }
    if (system) {
      query.where('service.system', system.toLowerCase());
    }
    if (sync) {
      query
        .leftJoin(
          this.#severities(options).as('worst'),
          'worst.service_id',
          'service.id',
        )
        .whereRaw('coalesce(worst.severity, 0) = ?', [severityOfState(sync)]);
    }
    if (text) {
      const like = `%${escapeLike(text.toLowerCase())}%`;
      query.whereRaw(
        "(lower(service.title) like ? escape '\\' or service.ref like ? escape '\\')",
        [like, like],
      );
    }
    if (after) {
      query.whereRaw('(service.title, service.id) > (?, ?)', [
        after.at,
        after.id,
      ]);
    }
    const page = cutPage({
      rows: ((await query) as Record<string, any>[]).map(toServiceRow),
      limit: options.limit,
      position: row => ({ at: row.title, id: row.id }),
    });
    return { items: page.rows, nextCursor: page.nextCursor };
  }

  /** Whether a group itself owns a service that the caller may see. */
  async isOwner(options: FleetQuery & { owner: string }): Promise<boolean> {
    const row = await this.#visible(options)
      .where('service.owner', options.owner)
      .first('service.id');
    return row !== undefined;
  }

  /** What all that the caller may see has, by owner, system and state. */
  async facets(options: FleetQuery): Promise<FleetFacets> {
    const [owners, systems, states] = await Promise.all([
      this.#counted(options, 'owner'),
      this.#counted(options, 'system'),
      this.#visible(options)
        .leftJoin(
          this.#severities(options).as('worst'),
          'worst.service_id',
          'service.id',
        )
        .groupByRaw('coalesce(worst.severity, 0)')
        .select(this.#database.raw('coalesce(worst.severity, 0) as severity'))
        .count({ n: '*' }) as Promise<Record<string, any>[]>,
    ]);
    const sync = states
      .map(row => ({
        severity: Number(row.severity),
        services: Number(row.n),
      }))
      .sort((a, b) => b.severity - a.severity)
      .map(({ severity, services }) => ({
        state: stateOfSeverity(severity),
        services,
      }));
    return {
      owners,
      systems,
      sync,
      total: sync.reduce((sum, { services }) => sum + services, 0),
    };
  }

  async #counted(
    options: FleetQuery,
    column: 'owner' | 'system',
  ): Promise<{ ref: string; services: number }[]> {
    const rows = (await this.#visible(options)
      .whereNotNull(`service.${column}`)
      .groupBy(`service.${column}`)
      .orderBy(`service.${column}`)
      .select({ ref: `service.${column}` })
      .count({ n: '*' })) as Record<string, any>[];
    return rows.map(({ ref, n }) => ({ ref, services: Number(n) }));
  }

  #visible({ visible }: FleetQuery): Knex.QueryBuilder {
    const query = this.#database('service').whereNull('service.removed_at');
    whereService(query, { column: 'service.id', visible });
    return query;
  }

  /** The worst of each service's applications; what is not observed is unknown. */
  #severities({ fresh, ranked }: FleetQuery): Knex.QueryBuilder {
    const marks = fresh.map(() => '?').join(', ');
    const severity =
      fresh.length === 0
        ? this.#database.raw(`max(${UNOBSERVED_SEVERITY}) as severity`)
        : this.#database.raw(
            `max(case when application.source in (${marks}) and unseen.key is null then application.severity else ${UNOBSERVED_SEVERITY} end) as severity`,
            fresh,
          );
    const query = activeLinks(this.#database)
      .join('application', 'application.subject_id', 'link.subject_id')
      .leftJoin('application_unseen as unseen', join =>
        join
          .on('unseen.source', 'application.source')
          .on('unseen.key', 'application.key'),
      )
      .groupBy('link.service_id')
      .select('link.service_id', severity);
    whereToldBest(query, { ranked });
    return query;
  }
}
