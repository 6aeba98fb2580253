import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  createGitServer,
  type GitServer,
} from '@day2/backstage-plugin-day2-node/testUtils';
import knexFactory, { type Knex } from 'knex';
import { importCommits } from './__testUtils__/importCommits';
import { deployment } from './__testUtils__/manifests';
import type { PortalChildOptions } from './__testUtils__/portalChild';
import { startModule, until } from './__testUtils__/processes';
import { TestPortal } from './__testUtils__/TestPortal';

jest.setTimeout(240_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const kills = 5;
const shopCommits = 2_500;
const releases = 800;

/** Command lines of this machine that name a folder. */
function commandsIn(folder: string): string[] {
  return execFileSync('ps', ['-A', '-o', 'args='])
    .toString()
    .split('\n')
    .filter(line => line.includes(folder));
}

describe.each(databases.eachSupportedId())('kill -9 with git on %s', id => {
  let folder: string;
  let server: GitServer;
  const open: Knex[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'day2-kill-git-'));
    server = await createGitServer({ directory: join(folder, 'bare') });
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map(each => each.destroy()));
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A database that another process can open, too. */
  async function openDatabase(): Promise<{
    database: Knex;
    config: Knex.Config;
  }> {
    if (id !== 'SQLITE_3') {
      const database = await databases.init(id);
      const { client, connection } = database.client.config;
      // knex hides the password from whoever prints the settings.
      const { password } = connection;
      return {
        database,
        config: { client, connection: { ...connection, password } },
      };
    }
    const config = {
      client: 'better-sqlite3',
      connection: { filename: join(folder, `${open.length}.db`) },
      useNullAsDefault: true,
    };
    const database = knexFactory(config);
    open.push(database);
    return { database, config };
  }

  function makeRepositories() {
    importCommits({
      bare: join(folder, 'bare', 'shop.git'),
      start: Date.UTC(2025, 0, 1),
      commits: Array.from({ length: shopCommits }, (_, n) => ({
        message: `Commit ${n} (#${n})`,
        files: { [`file-${n % 50}`]: `${n}` },
        tag: n % 10 === 0 ? `v1.${n / 10}` : undefined,
      })),
    });
    importCommits({
      bare: join(folder, 'bare', 'gitops.git'),
      start: Date.UTC(2026, 0, 1),
      commits: Array.from({ length: releases }, (_, n) => ({
        message: `Release ${n}`,
        files: {
          [`${n % 2 === 0 ? 'staging' : 'production'}/cart/deployment.yaml`]:
            deployment({
              name: 'cart',
              image: `tern/cart:1.${Math.floor(n / 4)}`,
              replicas: n,
            }),
        },
      })),
    });
    return [
      {
        name: 'shop',
        url: `${server.url}/shop.git`,
        role: 'application',
        slug: 'tern/shop',
      },
      { name: 'gitops', url: `${server.url}/gitops.git`, role: 'gitops' },
    ];
  }

  /** How much has landed, of what a reading to the end leaves. */
  async function landed(database: Knex): Promise<number> {
    if (!(await database.schema.hasTable('git_commit'))) {
      return 0;
    }
    const counts = await Promise.all(
      ['git_commit', 'observation'].map(table =>
        database(table).count({ n: '*' }).first(),
      ),
    );
    return counts.reduce((sum, row) => sum + Number(row?.n), 0);
  }

  it(`${kills} times while history is read loses nothing, doubles nothing and leaves no git`, async () => {
    const repositories = makeRepositories();
    const calm = TestPortal.create({
      database: (await openDatabase()).database,
      directory: join(folder, 'calm'),
    });
    await calm.start(repositories);
    const expected = await calm.knowledge();
    const all = await landed(calm.database);
    await calm.stop();
    expect(expected.commits).toHaveLength(shopCommits);
    expect(expected.deployments.length).toBeGreaterThan(releases / 3);

    const { database, config } = await openDatabase();
    const directory = join(folder, 'rough');
    const value: PortalChildOptions = { knex: config, directory, repositories };
    const moments: number[] = [];
    for (let kill = 0; kill < kills; kill++) {
      const before = await landed(database);
      const run = startModule({
        module: require.resolve('./__testUtils__/portalChild'),
        variable: 'DAY2_PORTAL_CHILD',
        value,
      });
      await until('something to land', async () =>
        run.errors() !== '' || kill === 0
          ? existsSync(directory)
          : (await landed(database)) > before,
      );
      expect(run.child.exitCode).toBeNull();
      run.child.kill('SIGKILL');
      await run.ended;
      moments.push(await landed(database));
      await until('git to end', () => commandsIn(directory).length === 0);
      // As if the time had passed after which another takes over.
      await database('source').update({ expires_at: 0, next_run_at: 0 });
      await database('dirty_sequence').update({ claimed_until: 0 });
      await database('dirty_change').update({ claimed_until: 0 });
    }
    expect(moments[1]).toBeGreaterThan(0);
    expect(moments[kills - 1]).toBeLessThan(all);

    const rough = TestPortal.create({ database, directory });
    await rough.start(repositories);
    const found = await rough.knowledge();
    await rough.stop();
    // The moments tell how to see a failure again.
    expect({ moments, found }).toEqual({ moments, found: expected });
    expect(await landed(database)).toBe(all);
    expect(commandsIn(folder)).toEqual([]);
  });
});
