import type {
  ObjectiveRecord,
  ServiceName,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { toNumber } from '../database';
import { cutPage, decodeCursor } from '../http/cursor';
import type { Visibility } from '../permissions/VisibleServices';
import { whereInList, whereService } from '../permissions/whereService';
import { activeLinks } from '../subjects/activeLinks';
import type { Measurers } from './measurers';
import { objectiveFromRow } from './objectiveFromRow';
import { objectiveNow, type ObjectiveNow } from './objectiveNow';
import type { ObjectiveRow } from './objectiveRecord';
import { withRefusals } from './withRefusals';

/** Reads of objectives: those of a service by the links of their subjects. */
export class ObjectiveReads {
  readonly #database: Knex;

  private constructor(database: Knex) {
    this.#database = database;
  }

  static create(options: { database: Knex }): ObjectiveReads {
    return new ObjectiveReads(options.database);
  }

  /** A page of the objectives of a service, the least budget left first. */
  async ofService(options: {
    serviceId: string;
    cursor?: string;
    limit: number;
  }): Promise<{ rows: ObjectiveRow[]; nextCursor?: string }> {
    const query = this.#database('objective').whereIn(
      'subject_id',
      activeLinks(this.#database)
        .where('service_id', options.serviceId)
        .select('subject_id'),
    );
    return await pageOfObjectives({ ...options, query });
  }

  /** One, where one of its services is visible. */
  async byId(options: {
    id: string;
    visible: Visibility;
  }): Promise<ObjectiveRow | undefined> {
    return await this.#database('objective')
      .where('id', options.id)
      .whereIn('subject_id', visibleSubjects(this.#database, options.visible))
      .first();
  }

  /** All of a service as they stand now, the least budget left first. */
  async allOf(options: {
    serviceId: string;
    measurers: Measurers;
  }): Promise<ObjectiveNow[]> {
    const { rows } = await this.ofService({ ...options, limit: 1000 });
    return await withRefusals(
      this.#database,
      rows.map(row => objectiveNow(row, options.measurers)),
    );
  }

  /** Those of services as they stand now, by service. */
  async ofServices(options: {
    serviceIds: string[];
    measurers: Measurers;
  }): Promise<Map<string, ObjectiveNow[]>> {
    const query = this.#database('objective')
      .join(
        activeLinks(this.#database)
          .distinct('subject_id', 'service_id')
          .as('tie'),
        'tie.subject_id',
        'objective.subject_id',
      )
      .select('tie.service_id', 'objective.*');
    whereInList(query, {
      column: 'tie.service_id',
      values: options.serviceIds,
    });
    const rows: (ObjectiveRow & { service_id: string })[] = await query;
    const found = new Map<string, ObjectiveNow[]>();
    for (const { service_id, ...row } of rows) {
      const list = found.get(service_id) ?? [];
      list.push(objectiveNow(row, options.measurers));
      found.set(service_id, list);
    }
    return found;
  }

  /** Rows as the API shows them, with those of their services that are visible. */
  async shown(options: {
    rows: ObjectiveRow[];
    visible: Visibility;
    measurers: Measurers;
  }): Promise<ObjectiveRecord[]> {
    const { rows, measurers } = options;
    const services = await this.servicesOf({
      ...options,
      subjectIds: rows.map(row => row.subject_id),
    });
    const all = await withRefusals(
      this.#database,
      rows.map(row => objectiveNow(row, measurers)),
    );
    return all.map(now =>
      objectiveFromRow({
        now,
        services: (services.get(now.row.subject_id) ?? []).map(
          ({ ref, title }) => ({ ref, title }),
        ),
        measurers,
      }),
    );
  }

  /** The visible services of subjects, by subject. */
  async servicesOf(options: {
    subjectIds: string[];
    visible: Visibility;
  }): Promise<Map<string, (ServiceName & { id: string })[]>> {
    const query = visibleSubjects(this.#database, options.visible)
      .distinct('service.id', 'service.ref', 'service.title')
      .orderBy('service.ref');
    whereInList(query, {
      column: 'link.subject_id',
      values: [...new Set(options.subjectIds)],
    });
    const found = new Map<string, (ServiceName & { id: string })[]>();
    for (const { subject_id, ...service } of await query) {
      found.set(subject_id, [...(found.get(subject_id) ?? []), service]);
    }
    return found;
  }
}

/** Subjects that are tied to a service which the caller may see. */
export function visibleSubjects(
  database: Knex,
  visible: Visibility,
): Knex.QueryBuilder {
  const query = activeLinks(database)
    .join('service', 'service.id', 'link.service_id')
    .whereNull('service.removed_at')
    .select('link.subject_id');
  whereService(query, { column: 'service.id', visible });
  return query;
}

/** Rows of a query, the least budget left first, what has no figure last. */
export async function pageOfObjectives(options: {
  query: Knex.QueryBuilder;
  cursor?: string;
  limit: number;
}): Promise<{ rows: ObjectiveRow[]; nextCursor?: string }> {
  const { query, limit } = options;
  const after = decodeCursor({ cursor: options.cursor, kind: 'number' });
  query
    .select('objective.*')
    .orderBy(['objective.sort_key', 'objective.id'])
    .limit(limit + 1);
  if (after) {
    query.whereRaw('(objective.sort_key, objective.id) > (?, ?)', [
      after.at,
      after.id,
    ]);
  }
  const rows: ObjectiveRow[] = await query;
  return cutPage({
    rows,
    limit,
    position: ({ sort_key, id }) => ({ at: toNumber(sort_key), id }),
  });
}
