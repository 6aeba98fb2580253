import {
  leadTimeOf,
  type CarriedCommit,
  type CommitReach,
  type Deployment,
} from '@day2/backstage-plugin-day2-common';
import type { Knex } from 'knex';
import { toNumber, type DeploymentRecord } from '../database';
import { iso } from '../http/range';
import { whereInList } from '../permissions/whereService';
import type { PersonReads } from '../persons/PersonReads';

/** Commits of one deployment that are listed at most. */
const MAX_COMMITS = 500;

interface CommitRow {
  repository: string;
  sha: string;
  first: boolean | number;
  title: string;
  parents: string;
  committed_at: string | number;
  authors: string;
  issue_keys: string;
}

/** Reads of what deployments carried. */
export class CarriedCommitReads {
  readonly #database: Knex;
  readonly #persons: PersonReads;

  private constructor(options: { database: Knex; persons: PersonReads }) {
    this.#database = options.database;
    this.#persons = options.persons;
  }

  static create(options: {
    database: Knex;
    persons: PersonReads;
  }): CarriedCommitReads {
    return new CarriedCommitReads(options);
  }

  /** The commits of the application that a deployment carried, newest first, each with its lead time or why it has none. */
  async of(options: {
    deployment: Deployment;
    serviceId: string;
  }): Promise<{ commits: CarriedCommit[]; commitsCut: boolean }> {
    const { deployment } = options;
    const rows = await this.#rows(deployment.id);
    const listed = rows.slice(0, MAX_COMMITS);
    const changes = await this.#changesOf(listed.map(row => row.sha));
    const reachOf = await this.#reach({ ...options, rows: listed });
    const authors = listed.map(row => (JSON.parse(row.authors) as string[])[0]);
    const person = await this.#persons.named(authors);
    const commits = listed.map((row, index): CarriedCommit => {
      const isMerge = row.parents.trim().split(/\s+/).length > 1;
      const committedAt = toNumber(row.committed_at);
      const lead = leadTimeOf({
        committedAt,
        isMerge,
        reach: reachOf(row),
        deployment: {
          ...deployment,
          startedAt:
            deployment.startedAt === undefined
              ? undefined
              : Date.parse(deployment.startedAt),
          finishedAt: Date.parse(deployment.finishedAt),
        },
      });
      const change = changes.get(`${row.repository} ${row.sha}`);
      const author = authors[index];
      return {
        repository: row.repository,
        sha: row.sha,
        title: row.title,
        author: author === undefined ? undefined : person(author),
        committedAt: iso(committedAt),
        isMerge,
        leadSeconds: lead.seconds,
        leadReason: lead.reason,
        issueKeys: JSON.parse(row.issue_keys),
        url: change?.url,
        changeId: change?.id,
      };
    });
    return { commits, commitsCut: rows.length > MAX_COMMITS };
  }

  async #rows(deploymentId: string): Promise<CommitRow[]> {
    return this.#database('deployment_commit')
      .join('git_commit', join => {
        join
          .on('git_commit.repository', 'deployment_commit.repository')
          .on('git_commit.sha', 'deployment_commit.sha');
      })
      .where({
        'deployment_commit.deployment_id': deploymentId,
        'deployment_commit.carried': true,
      })
      .orderBy([
        { column: 'git_commit.repository' },
        { column: 'git_commit.position', order: 'desc' },
        { column: 'git_commit.sha', order: 'desc' },
      ])
      .limit(MAX_COMMITS + 1)
      .select(
        'git_commit.repository',
        'git_commit.sha',
        'deployment_commit.first',
        'git_commit.title',
        'git_commit.parents',
        'git_commit.committed_at',
        'git_commit.authors',
        'git_commit.issue_keys',
      );
  }

  /** Whether each commit was there before, and what brought it then. */
  async #reach(options: {
    deployment: Deployment;
    serviceId: string;
    rows: CommitRow[];
  }): Promise<(row: CommitRow) => CommitReach> {
    const { deployment, serviceId, rows } = options;
    const { carried, environment } = deployment;
    const stored = await this.#database('deployment')
      .where({ id: deployment.id })
      .first('record');
    const { firstUnknown } = JSON.parse(
      stored?.record ?? '{}',
    ) as Partial<DeploymentRecord>;
    const unknown = carried.complete ? firstUnknown : carried.reason;
    if (unknown !== undefined || !carried.complete) {
      return () => ({ kind: 'unknown', reason: unknown });
    }
    const again = rows.filter(({ first }) => !first).map(({ sha }) => sha);
    const versions = new Map<string, string>();
    if (again.length > 0) {
      const query = this.#database('deployment_commit')
        .join('deployment', 'deployment.id', 'deployment_commit.deployment_id')
        .where({
          'deployment.service_id': serviceId,
          'deployment.environment': environment,
          'deployment_commit.first': true,
        })
        .select(
          'deployment_commit.repository',
          'deployment_commit.sha',
          'deployment.version',
        );
      whereInList(query, { column: 'deployment_commit.sha', values: again });
      for (const { repository, sha, version } of await query) {
        versions.set(`${repository} ${sha}`, version);
      }
    }
    return row =>
      row.first
        ? { kind: 'first' }
        : {
            kind: 'again',
            version: versions.get(`${row.repository} ${row.sha}`),
          };
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
}
