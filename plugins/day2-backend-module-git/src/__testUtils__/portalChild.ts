import type { JsonObject } from '@backstage/types';
import knexFactory, { type Knex } from 'knex';
import { TestPortal } from './TestPortal';

/** What the parent tells the child, as JSON in DAY2_PORTAL_CHILD. */
export interface PortalChildOptions {
  knex: Knex.Config;
  directory: string;
  repositories: JsonObject[];
}

/** A portal of its own, with hub and git sources, that a test kills. */
async function main(options: PortalChildOptions): Promise<void> {
  const portal = TestPortal.create({
    database: knexFactory(options.knex),
    directory: options.directory,
  });
  await portal.start(options.repositories);
  process.stdout.write('settled\n');
  await portal.stop();
}

if (process.env.DAY2_PORTAL_CHILD) {
  main(JSON.parse(process.env.DAY2_PORTAL_CHILD)).then(
    () => process.exit(0),
    error => {
      process.stderr.write(`${error?.stack ?? error}\n`);
      process.exit(1);
    },
  );
}
