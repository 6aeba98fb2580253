import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import type { ObservedService } from './serviceFromEntity';

/** The previous ref whose service this entity continues: one we know, that no entity has any more. */
export async function renamedFrom(options: {
  database: Knex;
  catalog: CatalogService;
  auth: AuthService;
  service: ObservedService;
}): Promise<string | undefined> {
  const { database, catalog, auth, service } = options;
  for (const ref of service.previousRefs) {
    const known = await database('service').where({ ref }).first('id');
    if (known) {
      const credentials = await auth.getOwnServiceCredentials();
      const other = await catalog.getEntityByRef(ref, { credentials });
      if (!other) {
        return ref;
      }
    }
  }
  return undefined;
}
