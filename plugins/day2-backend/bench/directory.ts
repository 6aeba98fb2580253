import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import knexFactory from 'knex';
import { migrateDatabase } from '../src/database';
import { PersonStore } from '../src/persons/PersonStore';
import { DirectoryLease } from '../src/services/DirectoryLease';
import { ServiceDirectory } from '../src/services/ServiceDirectory';
import { SubjectStore } from '../src/subjects/SubjectStore';

const ENTITIES = 10_000;
const LIMIT_MB = 150;

/** Pages as the catalog gives them, made as they are asked for, so that only the directory's own memory counts. */
async function* pages(size: number): AsyncIterable<Entity[]> {
  for (let from = 0; from < ENTITIES; from += size) {
    yield Array.from({ length: size }, (_, index) => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: `service-${from + index}`,
        etag: `etag-${from + index}`,
        annotations: {
          'backstage.io/source-location': `url:https://git.example/${from}/`,
          'day2/gitops-path': `apps/service-${from + index}/**`,
        },
      },
      spec: {
        type: 'service',
        owner: `team-${index % 50}`,
        dependsOn: [`component:service-${index}`],
      },
    }));
  }
}

/** Reading a catalog of 10,000 entities: time and memory of a first pass, and of one that finds nothing new. */
async function main(): Promise<void> {
  const database = knexFactory({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  await migrateDatabase({ database });
  const directory = ServiceDirectory.create({
    database,
    catalog: {
      streamEntities: (request: {
        filter: { kind: string[] };
        pageSize: number;
      }) =>
        request.filter.kind.includes('component')
          ? pages(request.pageSize)
          : [],
    } as unknown as CatalogService,
    auth: mockServices.auth(),
    logger: mockServices.rootLogger({ level: 'warn' }),
    lease: DirectoryLease.create({ database, holder: 'bench' }),
    persons: PersonStore.create({ database }),
    subjects: SubjectStore.create({ database }),
    kinds: ['component'],
  });
  const before = process.memoryUsage().rss;
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 5);
  console.log('| pass | seconds | changed | peak MB above start |');
  console.log('|---|--:|--:|--:|');
  for (const pass of ['first', 'nothing new']) {
    const began = performance.now();
    const result = await directory.reconcile();
    const seconds = (performance.now() - began) / 1000;
    const mb = (peak - before) / 1e6;
    console.log(
      `| ${pass} | ${seconds.toFixed(2)} | ${result?.changed} | ${mb.toFixed(
        0,
      )} |`,
    );
    if (mb > LIMIT_MB) {
      throw new Error(`${mb.toFixed(0)} MB is over ${LIMIT_MB} MB`);
    }
  }
  clearInterval(watch);
  await database.destroy();
}

if (require.main === module) {
  main().then(
    () => process.exit(0),
    error => {
      console.error(error);
      process.exit(1);
    },
  );
}
