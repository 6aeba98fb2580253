import { setTimeout } from 'node:timers/promises';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestDatabases,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- a test runs both
import day2Plugin from '@day2/backstage-plugin-day2-backend';
import { day2ModuleGit } from '../module';

type Database = Awaited<ReturnType<TestDatabases['init']>>;

const patienceMs = 120_000;

/** The hub and this module as a portal runs them, over one database; read through its tables. */
export class TestPortal {
  readonly database: Database;
  readonly #directory: string;
  #backend?: Awaited<ReturnType<typeof startTestBackend>>;

  private constructor(options: { database: Database; directory: string }) {
    this.database = options.database;
    this.#directory = options.directory;
  }

  static create(options: {
    database: Database;
    /** Where the mirrors are. */
    directory: string;
  }): TestPortal {
    return new TestPortal(options);
  }

  /** Starts with these repositories and one service, `cart`; ends the one that ran before. */
  async start(repositories: JsonObject[]): Promise<void> {
    await this.stop();
    this.#backend = await startTestBackend({
      features: [
        day2Plugin,
        day2ModuleGit,
        mockServices.rootConfig.factory({
          data: {
            backend: { baseUrl: 'http://localhost:7007' },
            day2: {
              environments: [
                { name: 'production', tier: 'production', match: ['prod*'] },
                { name: 'staging', tier: 'staging', match: ['stag*'] },
              ],
              git: { directory: this.#directory, repositories },
            },
          },
        }),
        mockServices.database.factory({ knex: this.database }),
        catalogServiceMock.factory({
          entities: [
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: {
                name: 'cart',
                namespace: 'default',
                etag: 'cart',
                annotations: { 'github.com/project-slug': 'tern/shop' },
              },
              spec: { type: 'service', owner: 'storefront' },
            },
          ],
        }),
      ],
    });
    await this.settle();
  }

  async stop(): Promise<void> {
    await this.#backend?.stop();
    this.#backend = undefined;
  }

  /** Has every source read to its end from now on, and all that follows from it derived. */
  async settle(): Promise<void> {
    const from = Date.now();
    await this.database('source').update({ next_run_at: 0 });
    await this.#until('to be read', async () => {
      const rows = await this.database('source').where('id', 'like', 'git:%');
      const failed = rows.find(row => row.error);
      if (failed) {
        throw new Error(`${failed.id}: ${failed.error}`);
      }
      return (
        rows.length > 0 && rows.every(row => Number(row.last_success_at) > from)
      );
    });
    await this.#until('to be derived', async () => {
      const [services, due, ...dirty] = await Promise.all([
        this.database('service').select('id'),
        this.database('subject').whereNotNull('match_due').select('id'),
        this.database('dirty_sequence').select('*'),
        this.database('dirty_change').select('*'),
      ]);
      return (
        services.length > 0 &&
        due.length === 0 &&
        dirty.every(rows => rows.length === 0)
      );
    });
  }

  /** "Read again" on the Sources page. */
  async reread(id: string): Promise<void> {
    const { port } = this.#backend!.server.address() as { port: number };
    const answer = await fetch(
      `http://localhost:${port}/api/day2/sources/${encodeURIComponent(
        id,
      )}/control`,
      {
        method: 'POST',
        headers: {
          authorization: mockCredentials.user.header(),
          'content-type': 'application/json',
        },
        body: JSON.stringify({ action: 'reread' }),
      },
    );
    if (!answer.ok) {
      throw new Error(await answer.text());
    }
    await this.settle();
  }

  /** Deployments of the service, oldest first, with what each carried. */
  async deployments(): Promise<
    {
      version: string;
      environment: string;
      complete: boolean;
      commits: string[];
    }[]
  > {
    const rows = await this.database('deployment')
      .orderBy(['finished_at', 'version'])
      .select('id', 'version', 'environment', 'carried_complete');
    const commits = await this.database('deployment_commit').select('*');
    return rows.map(row => ({
      version: row.version,
      environment: row.environment,
      complete: Boolean(row.carried_complete),
      commits: commits
        .filter(({ deployment_id: id }) => id === row.id)
        .map(({ sha }) => sha)
        .sort(),
    }));
  }

  /** All that is known, without what tells when and how often it was said. */
  async knowledge(): Promise<Record<string, unknown[]>> {
    const [commits, tags, observations, changes, services] = await Promise.all([
      this.database('git_commit')
        .where('withdrawn', false)
        .orderBy('sha')
        .select('repository', 'sha', 'position', 'parents', 'paths', 'title'),
      this.database('git_tag')
        .orderBy('name')
        .select('repository', 'name', 'sha'),
      this.database('observation')
        .whereNull('withdrawn_at')
        .orderBy(['source', 'key'])
        .select('source', 'key', 'environment', 'at'),
      this.database('change')
        .where('state', 'implemented')
        .orderBy('id')
        .select('id', 'kind', 'title'),
      this.database('deployment')
        .orderBy('finished_at')
        .select('version', 'environment', 'application_sha'),
    ]);
    return {
      commits,
      tags,
      observations: observations.map(row => ({ ...row, at: Number(row.at) })),
      changes,
      services,
      deployments: await this.deployments(),
    };
  }

  async #until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + patienceMs;
    while (!(await holds())) {
      if (Date.now() > end) {
        throw new Error(
          `Waited too long for sources ${what}: ${JSON.stringify(
            await this.database('source'),
          )}`,
        );
      }
      await setTimeout(50);
    }
  }
}
