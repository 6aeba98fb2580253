import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/** Of nobody else in this database: `day2` as bytes. */
const MIGRATING = 0x64617932;

/**
 * Brings the plugin's tables to the newest shape. Replicas wait for each other;
 * what one that was killed in the middle left locked is freed, so that the
 * portal starts again without anybody's help.
 */
export async function migrateDatabase(options: {
  database: Knex;
}): Promise<void> {
  const { database } = options;
  if (database.client.config.client !== 'pg') {
    // SQLite: no other process migrates this file.
    await migrateFreed(database);
    return;
  }
  await database.transaction(async transaction => {
    // It ends with the connection of whoever holds it, as knex's own does not.
    await transaction.raw('select pg_advisory_xact_lock(?)', [MIGRATING]);
    await migrateFreed(database);
  });
}

async function migrateFreed(database: Knex): Promise<void> {
  const config = {
    directory: resolvePackagePath(
      '@day2/backstage-plugin-day2-backend',
      'migrations',
    ),
  };
  // Whoever locked it does not live any more: we would not be here.
  await database.migrate.forceFreeMigrationsLock(config);
  await database.migrate.latest(config);
}
