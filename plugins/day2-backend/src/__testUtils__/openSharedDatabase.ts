import type { TestDatabases } from '@backstage/backend-test-utils';
import knexFactory, { type Knex } from 'knex';
import { join } from 'node:path';

/** A database that another process can open, and how. */
export async function openSharedDatabase(options: {
  databases: TestDatabases;
  id: string;
  /** For SQLite's file. */
  directory: string;
}): Promise<{ database: Knex; config: Knex.Config }> {
  if (options.id !== 'SQLITE_3') {
    const database = await options.databases.init('POSTGRES_18');
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
    connection: {
      filename: join(
        options.directory,
        `${Math.random().toString(36).slice(2)}.db`,
      ),
    },
    useNullAsDefault: true,
  };
  return { database: knexFactory(config), config };
}
