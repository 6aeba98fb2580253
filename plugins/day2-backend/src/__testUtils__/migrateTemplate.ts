import knexFactory from 'knex';
import { migrateDatabase } from '../database';

/**
 * A program that gives PostgreSQL's own template the tables of the hub: a database
 * that a test asks for then has them from the start, which takes a tenth of the time.
 * `DAY2_TEST_TEMPLATE` is its connection string.
 */
async function main(): Promise<void> {
  const database = knexFactory({
    client: 'pg',
    connection: process.env.DAY2_TEST_TEMPLATE,
  });
  try {
    await migrateDatabase({ database });
  } finally {
    await database.destroy();
  }
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
