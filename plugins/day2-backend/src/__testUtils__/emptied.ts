import type { Knex } from 'knex';

/** The database with no table at all: `npm test` lets PostgreSQL's begin with the hub's. */
export async function emptied(database: Knex): Promise<Knex> {
  if (database.client.config.client === 'pg') {
    await database.raw('drop schema public cascade');
    await database.raw('create schema public');
  }
  return database;
}
