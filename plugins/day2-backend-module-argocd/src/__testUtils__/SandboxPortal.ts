import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  mockServices,
  startTestBackend,
  type TestDatabases,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- a test runs both
import day2Plugin from '@day2/backstage-plugin-day2-backend';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- a test runs both
import day2ModuleGit from '@day2/backstage-plugin-day2-backend-module-git';
import { load, loadAll } from 'js-yaml';
import { day2ModuleArgocd } from '../module';

type Database = Awaited<ReturnType<TestDatabases['init']>>;

const root = join(__dirname, '../../../..');
const patienceMs = 240_000;

/** What the portal shows of one target of a deployment. */
export interface ShownTarget {
  service: string;
  environment: string;
  version: string;
  target: string;
  /** Epoch milliseconds. */
  finishedAt: number;
  rollout: string;
  /** Commit of the application. */
  applicationSha: string | null;
}

/** The hub with Git and Argo CD as the example portal is configured, over a sandbox. */
export class SandboxPortal {
  readonly #database: Database;
  readonly #backend: Awaited<ReturnType<typeof startTestBackend>>;

  private constructor(options: {
    database: Database;
    backend: Awaited<ReturnType<typeof startTestBackend>>;
  }) {
    this.#database = options.database;
    this.#backend = options.backend;
  }

  static async start(options: {
    database: Database;
    /** Address of the sandbox. */
    url: string;
    /** Where the mirrors are. */
    directory: string;
  }): Promise<SandboxPortal> {
    const { database } = options;
    const backend = await startTestBackend({
      features: [
        day2Plugin,
        day2ModuleGit,
        day2ModuleArgocd,
        mockServices.rootConfig.factory({ data: configOf(options) }),
        mockServices.database.factory({ knex: database }),
        catalogServiceMock.factory({ entities: entities() }),
      ],
    });
    return new SandboxPortal({ database, backend });
  }

  async stop(): Promise<void> {
    await this.#backend.stop();
  }

  /** Waits until every source was read, and all that follows from it is derived. */
  async settle(): Promise<void> {
    const end = Date.now() + patienceMs;
    while (!(await this.#isSettled())) {
      if (Date.now() > end) {
        throw new Error('Waited too long for sources to be read and derived');
      }
      await setTimeout(500);
    }
  }

  async #isSettled(): Promise<boolean> {
    const sources = await this.#database('source').select('*');
    const failed = sources.find(({ error }) => error);
    if (failed) {
      throw new Error(`${failed.id}: ${failed.error}`);
    }
    const waiting = await Promise.all([
      this.#database('subject').whereNotNull('match_due').first('id'),
      ...['dirty_application', 'dirty_sequence', 'dirty_change'].map(table =>
        this.#database(table).first('*'),
      ),
    ]);
    return (
      sources.filter(({ last_success_at: at }) => at !== null).length > 10 &&
      sources.filter(({ id }) => id.startsWith('argocd:')).length === 2 &&
      sources.every(
        ({ id, last_success_at: at }) =>
          !/^(?:git|argocd):/.test(id) || at !== null,
      ) &&
      waiting.every(row => row === undefined)
    );
  }

  /** The state of every application: where it runs, its name and the word. */
  async states(): Promise<string[]> {
    const rows = await this.#database('application').select('*');
    return rows
      .map(({ target, name, sync }) => `${target} ${name} ${sync}`)
      .sort();
  }

  /** Every target of every deployment. */
  async shown(): Promise<ShownTarget[]> {
    const rows = await this.#database('deployment')
      .join('service', 'service.id', 'deployment.service_id')
      .select('deployment.*', 'service.ref');
    return rows.flatMap(row => {
      const { targets } = JSON.parse(row.record) as {
        targets: { name: string; finishedAt: number; rollout: string }[];
      };
      const all =
        targets.length > 0
          ? targets
          : [
              {
                name: '',
                finishedAt: Number(row.finished_at),
                rollout: row.rollout,
              },
            ];
      return all.map(({ name, finishedAt, rollout }) => ({
        service: row.ref.split('/').pop(),
        environment: row.environment,
        version: row.version,
        target: name,
        finishedAt,
        rollout,
        applicationSha: row.application_sha,
      }));
    });
  }
}

function configOf(options: { url: string; directory: string }): JsonObject {
  const { day2 } = load(
    readFileSync(join(root, 'app-config.yaml'), 'utf8')
      .replaceAll('${DAY2_SANDBOX_URL:-http://localhost:7010}', options.url)
      .replaceAll('${DAY2_SANDBOX_TOKEN:-sandbox}', 'sandbox'),
  ) as {
    day2: JsonObject & {
      git: JsonObject & { repositories: { name: string }[] };
    };
  };
  return {
    backend: { baseUrl: 'http://localhost:7007' },
    day2: {
      ...day2,
      git: {
        directory: options.directory,
        // Not this repository itself.
        repositories: day2.git.repositories.filter(
          ({ name }) => name !== 'day2',
        ),
      },
    },
  };
}

function entities() {
  const folder = join(root, 'examples/catalog');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /^services-|\/catalog-info\.yaml$/.test(name))
    .flatMap(name => loadAll(readFileSync(join(folder, name), 'utf8')) as any[])
    .filter(entity => entity?.kind === 'Component')
    .map(entity => ({
      ...entity,
      metadata: { namespace: 'default', etag: '1', ...entity.metadata },
    }));
}
