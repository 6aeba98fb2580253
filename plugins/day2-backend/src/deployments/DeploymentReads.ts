import type {
  CarriedCommit,
  Deployment,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { toNumber } from '../database';
import { cutPage, decodeCursor } from '../http/cursor';
import { iso, type Range } from '../http/range';
import { whereInList, whereService } from '../permissions/whereService';
import type { Visibility } from '../permissions/VisibleServices';
import type { PersonReads } from '../persons/PersonReads';
import {
  deploymentFromRow,
  parseDeploymentRow,
  type JoinedDeploymentRow,
} from './deploymentFromRow';

/** Commits of one deployment that are listed at most. */
const MAX_COMMITS = 500;

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
  async list(options: {
    serviceId: string;
    environment?: string;
    range: Range;
    cursor?: string;
    limit: number;
  }): Promise<{ items: Deployment[]; nextCursor?: string }> {
    const after = decodeCursor({ cursor: options.cursor, kind: 'number' });
    const query = this.#joined()
      .where('deployment.service_id', options.serviceId)
      .where('deployment.finished_at', '>=', options.range.from)
      .where('deployment.finished_at', '<', options.range.to)
      .orderBy([
        { column: 'deployment.finished_at', order: 'desc' },
        { column: 'deployment.id', order: 'desc' },
      ])
      .limit(options.limit + 1);
    if (options.environment !== undefined) {
      query.where('deployment.environment', options.environment);
    }
    if (after) {
      query.whereRaw('(deployment.finished_at, deployment.id) < (?, ?)', [
        after.at,
        after.id,
      ]);
    }
    const page = cutPage({
      rows: (await query) as JoinedDeploymentRow[],
      limit: options.limit,
      position: row => ({ at: toNumber(row.finished_at), id: row.id }),
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

  /** The commits of the application that a deployment carried, newest first. */
  async commits(options: {
    deployment: Deployment;
  }): Promise<{ commits: CarriedCommit[]; commitsCut: boolean }> {
    const { deployment } = options;
    const rows: Record<string, any>[] = await this.#database(
      'deployment_commit',
    )
      .join('git_commit', join => {
        join
          .on('git_commit.repository', 'deployment_commit.repository')
          .on('git_commit.sha', 'deployment_commit.sha');
      })
      .where('deployment_commit.deployment_id', deployment.id)
      .orderBy([
        { column: 'git_commit.repository' },
        { column: 'git_commit.position', order: 'desc' },
      ])
      .limit(MAX_COMMITS + 1)
      .select(
        'git_commit.repository',
        'git_commit.sha',
        'git_commit.title',
        'git_commit.parents',
        'git_commit.committed_at',
        'git_commit.authors',
        'git_commit.issue_keys',
      );
    const listed = rows.slice(0, MAX_COMMITS);
    const changes = await this.#changesOf(listed.map(row => row.sha));
    const authors = listed.map(row => (JSON.parse(row.authors) as string[])[0]);
    const person = await this.#persons.named(authors);
    const finishedAt = Date.parse(deployment.finishedAt);
    const commits = listed.map((row, index): CarriedCommit => {
      const isMerge = row.parents.trim().split(/\s+/).length > 1;
      const lead = (finishedAt - Number(row.committed_at)) / 1000;
      const change = changes.get(`${row.repository} ${row.sha}`);
      const author = authors[index];
      return {
        repository: row.repository,
        sha: row.sha,
        title: row.title,
        author: author === undefined ? undefined : person(author),
        committedAt: iso(Number(row.committed_at)),
        isMerge,
        // Metrics leave merges and negative durations out.
        leadSeconds: isMerge || lead < 0 ? undefined : Math.round(lead),
        issueKeys: JSON.parse(row.issue_keys),
        url: change?.url,
        changeId: change?.id,
      };
    });
    return { commits, commitsCut: rows.length > MAX_COMMITS };
  }

  async #changesOf(
    shas: string[],
  ): Promise<Map<string, { id: string; url?: string }>> {
    const query = this.#database('change').select(
      'id',
      'repository',
      'sha',
      'record',
    );
    whereInList(query, { column: 'sha', values: shas });
    return new Map(
      (shas.length > 0 ? await query : []).map(
        (row: Record<string, any>) =>
          [
            `${row.repository} ${row.sha}`,
            { id: row.id, url: JSON.parse(row.record).url },
          ] as const,
      ),
    );
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
