import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/** Brings the plugin's tables to the newest shape. */
export async function migrateDatabase(options: {
  database: Knex;
}): Promise<void> {
  await options.database.migrate.latest({
    directory: resolvePackagePath(
      '@day2/backstage-plugin-day2-backend',
      'migrations',
    ),
  });
}
