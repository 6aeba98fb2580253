import type { Deployment } from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { whereInList, whereService } from '../permissions/whereService';
import type { Visibility } from '../permissions/VisibleServices';
import type { PersonReads } from '../persons/PersonReads';
import { newestPage, type PageRequest } from '../timeline/newestPage';
import {
  deploymentFromRow,
  parseDeploymentRow,
  type JoinedDeploymentRow,
} from './deploymentFromRow';

/** Reads of deployments. */
export class DeploymentReads {
  readonly #database: Knex;
  readonly #persons: PersonReads;

  private constructor(options: { database: Knex; persons: PersonReads }) {
    this.#database = options.database;
    this.#persons = options.persons;
  }

  static create(options: {
    database: Knex;
    persons: PersonReads;
  }): DeploymentReads {
    return new DeploymentReads(options);
  }

  /** Deployments of a service, newest first. */
  async list(
    options: PageRequest & { serviceId: string; environment?: string },
  ): Promise<{ items: Deployment[]; nextCursor?: string }> {
    const query = this.#joined().where(
      'deployment.service_id',
      options.serviceId,
    );
    if (options.environment !== undefined) {
      query.where('deployment.environment', options.environment);
    }
    const page = await newestPage<JoinedDeploymentRow>({
      ...options,
      query,
      at: 'deployment.finished_at',
      id: 'deployment.id',
    });
    return {
      items: await this.#shown(page.rows),
      nextCursor: page.nextCursor,
    };
  }

  /** One deployment by its id or one merged into it, where its service is visible. */
  async byId(options: {
    id: string;
    visible: Visibility;
  }): Promise<{ deployment: Deployment; serviceId: string } | undefined> {
    const [row] = await this.#visibleRows({
      visible: options.visible,
      ids: [options.id],
    });
    if (row) {
      const [deployment] = await this.#shown([row]);
      return {
        deployment: { ...deployment, nextId: await this.#successor(row) },
        serviceId: row.service_id,
      };
    }
    const alias = await this.#database('record_alias')
      .where('alias', options.id)
      .first('record_id');
    return alias
      ? await this.byId({ id: alias.record_id, visible: options.visible })
      : undefined;
  }

  /** The service of a deployment, by its id or one merged into it. */
  async serviceIdOf(id: string): Promise<string | undefined> {
    const row = await this.#database('deployment')
      .where('id', id)
      .orWhereIn(
        'id',
        this.#database('record_alias').where('alias', id).select('record_id'),
      )
      .first('service_id');
    return row?.service_id;
  }

  /** Those of the deployments that are of visible services, newest first. */
  async byIds(options: {
    ids: string[];
    visible: Visibility;
  }): Promise<Deployment[]> {
    return options.ids.length === 0
      ? []
      : await this.#shown(await this.#visibleRows(options));
  }

  async #visibleRows(options: {
    ids: string[];
    visible: Visibility;
  }): Promise<JoinedDeploymentRow[]> {
    const query = this.#joined().orderBy([
      { column: 'deployment.finished_at', order: 'desc' },
      { column: 'deployment.id', order: 'desc' },
    ]);
    whereInList(query, { column: 'deployment.id', values: options.ids });
    whereService(query, {
      column: 'deployment.service_id',
      visible: options.visible,
    });
    return await query;
  }

  /** The next one of the same service and environment. */
  async #successor(row: JoinedDeploymentRow): Promise<string | undefined> {
    const next = await this.#database('deployment')
      .where({ service_id: row.service_id, environment: row.environment })
      .whereRaw('(finished_at, id) > (?, ?)', [row.finished_at, row.id])
      .orderBy(['finished_at', 'id'])
      .first('id');
    return next?.id;
  }

  #joined(): Knex.QueryBuilder {
    return this.#database('deployment')
      .join('service', 'service.id', 'deployment.service_id')
      .select('deployment.*', 'service.ref as service_ref');
  }

  async #shown(rows: JoinedDeploymentRow[]): Promise<Deployment[]> {
    const parsed = rows.map(parseDeploymentRow);
    const person = await this.#persons.named(
      parsed.map(({ record }) => record.actorId),
    );
    return parsed.map(each => deploymentFromRow({ ...each, person }));
  }
}
