import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { dumpTables } from '../__testUtils__/dumpTables';
import { worldOf } from '../__testUtils__/shuffledWorld';
import { TestHub } from '../__testUtils__/testHub';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const directory = resolvePackagePath(
  '@day2/backstage-plugin-day2-backend',
  'migrations',
);

describe.each(databases.eachSupportedId())('migrations on %s', id => {
  async function tables(hub: TestHub): Promise<string[]> {
    const rows =
      id === 'SQLITE_3'
        ? await hub
            .database('sqlite_master')
            .where('type', 'table')
            .whereNot('name', 'like', 'sqlite_%')
            .select('name')
        : await hub
            .database('information_schema.tables')
            .where('table_schema', 'public')
            .select('table_name as name');
    return rows
      .map(row => row.name as string)
      .filter(name => !name.startsWith('knex_'))
      .sort();
  }

  it('go up, hold data, down to nothing, and up again', async () => {
    const hub = await TestHub.create(await databases.init(id));
    const all = await tables(hub);
    expect(all.length).toBeGreaterThan(20);
    await hub.addService({ id: 's', ref: 'component:default/payments-api' });
    await hub.observe('git:a', worldOf(1, { commits: 5, deployments: 5 }));
    await hub.derive();
    expect((await dumpTables(hub.database)).deployment).not.toEqual([]);

    await hub.database.migrate.rollback({ directory }, true);
    expect(await tables(hub)).toEqual([]);

    await hub.database.migrate.latest({ directory });
    expect(await tables(hub)).toEqual(all);
    expect((await dumpTables(hub.database)).deployment).toEqual([]);
  });
});
