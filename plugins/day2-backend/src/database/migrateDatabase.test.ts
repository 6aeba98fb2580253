import { TestDatabases } from '@backstage/backend-test-utils';
import { emptied } from '../__testUtils__/emptied';
import { migrateDatabase } from './migrateDatabase';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('migrating %p', id => {
  it('goes on where one that was killed left it locked', async () => {
    const database = await emptied(await databases.init(id));
    await migrateDatabase({ database });
    // As a kill in the middle leaves it: the last one is not there, the lock is.
    await database.migrate.down({
      directory: `${__dirname}/../../migrations`,
    });
    await database('knex_migrations_lock').update({ is_locked: 1 });
    await migrateDatabase({ database });
    expect(await database('knex_migrations_lock').first('is_locked')).toEqual({
      is_locked: 0,
    });
    const [{ n }] = await database('knex_migrations').count({ n: '*' });
    await migrateDatabase({ database });
    expect(await database('knex_migrations').count({ n: '*' })).toEqual([
      { n },
    ]);
  });

  it('replicas that start at once wait for each other', async () => {
    const database = await emptied(await databases.init(id));
    // Of SQLite there is one process.
    const replicas = id === 'POSTGRES_18' ? 3 : 1;
    await Promise.all(
      Array.from({ length: replicas }, () => migrateDatabase({ database })),
    );
    expect(await database.schema.hasTable('effect')).toBe(true);
  });
});
