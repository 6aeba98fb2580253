import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Knex } from 'knex';
import { PersonStore } from '../persons/PersonStore';
import { DirectoryLease } from '../services/DirectoryLease';
import { ServiceDirectory } from '../services/ServiceDirectory';
import { SubjectStore } from '../subjects/SubjectStore';

/** A component as a catalog has it. */
export function catalogComponent(
  name: string,
  more: {
    etag?: string;
    annotations?: Record<string, string>;
    spec?: Record<string, unknown>;
    title?: string;
  } = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      title: more.title,
      etag: more.etag,
      annotations: more.annotations,
    },
    spec: { type: 'service', owner: 'payments', ...more.spec } as never,
  };
}

/** A system as a catalog has it. */
export const catalogSystem = (name: string, domain: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'System',
  metadata: { name },
  spec: { owner: 'payments', domain },
});

/** The directory over a database, with a catalog and a clock of the test's. */
export class TestDirectory {
  readonly #database: Knex;
  catalog: CatalogService = catalogServiceMock() as CatalogService;
  now = 1_000_000;
  /** How often the catalog was asked. */
  asked = 0;

  private constructor(database: Knex) {
    this.#database = database;
  }

  static create(database: Knex): TestDirectory {
    return new TestDirectory(database);
  }

  serve(entities: Entity[]): void {
    this.catalog = catalogServiceMock({ entities }) as CatalogService;
  }

  lease(holder: string): DirectoryLease {
    return DirectoryLease.create({
      database: this.#database,
      holder,
      now: () => this.now,
    });
  }

  /** A replica's. */
  directory(holder = 'a'): ServiceDirectory {
    const database = this.#database;
    return ServiceDirectory.create({
      database,
      // The catalog changes under the directory's feet, as in life.
      catalog: new Proxy({} as CatalogService, {
        get: (_, name: keyof CatalogService) => {
          this.asked += 1;
          return (this.catalog[name] as Function).bind(this.catalog);
        },
      }),
      auth: mockServices.auth(),
      logger: mockServices.logger.mock(),
      lease: this.lease(holder),
      persons: PersonStore.create({ database }),
      subjects: SubjectStore.create({ database }),
      kinds: ['component'],
      now: () => this.now,
    });
  }
}
