import { databaseServiceFactory } from '@backstage/backend-defaults/database';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { availableParallelism } from 'node:os';
import { day2Plugin } from '../src/plugin';
import { benchAuth } from './benchAuth';
import { benchCatalog, isOwners } from './benchCatalog';
import { benchPolicy } from './benchPolicy';
import { fillDatabase } from './fillDatabase';
import { explain } from './explain';
import { measure, printTable, type Measured } from './measure';

const SERVICES = Number(process.env.DAY2_BENCH_SERVICES ?? 500);
const DEPLOYMENTS = Number(process.env.DAY2_BENCH_DEPLOYMENTS ?? 100_000);
const CALLS = Number(process.env.DAY2_BENCH_CALLS ?? 300);
/** Of the summary, at the 95th percentile, in milliseconds. */
const LIMIT_MS = Number(process.env.DAY2_BENCH_LIMIT_MS ?? 150);

/**
 * The smoke benchmark: summary and timeline of a hub with 100,000 deployments,
 * over HTTP and with permissions on, beside the catalog's own `by-name` in the
 * same process.
 */
async function main(): Promise<void> {
  const url = process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING;
  if (!url) {
    throw new Error(
      'Run it by `yarn bench`, which brings a PostgreSQL, or set BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING',
    );
  }
  const prefix = `day2_bench_${process.pid}_`;
  const backend = await startTestBackend({
    features: [
      databaseServiceFactory,
      schedulerServiceFactory,
      mockServices.rootConfig.factory({
        data: {
          backend: {
            baseUrl: 'http://localhost:7007',
            database: { client: 'pg', connection: url, prefix },
          },
          permission: { enabled: true },
        },
      }),
      ...benchCatalog({ services: SERVICES }),
      ...benchAuth(),
      ...benchPolicy(),
      import('@backstage/plugin-catalog-backend'),
      import('@backstage/plugin-permission-backend'),
      day2Plugin,
    ],
  });
  const address = backend.server.address();
  const base = `http://localhost:${
    typeof address === 'object' && address ? address.port : 0
  }/api`;

  const { services, days, database } = await fillDatabase({
    url,
    name: `${prefix}day2`,
    services: SERVICES,
    deployments: DEPLOYMENTS,
  });
  console.log(
    `${DEPLOYMENTS} deployments of ${
      services.length
    } services over ${days} days, PostgreSQL, ${availableParallelism()} cores, node ${
      process.version
    }`,
  );

  const callers = {
    'allow-all': mockCredentials.user.header('user:default/sees-all'),
    'owner-conditional': mockCredentials.user.header('user:default/owner'),
  };
  const rows: Measured[] = [];
  const day2 = (name: string) =>
    `${base}/day2/services/component/default/${name}`;
  const routes: [string, (name: string) => string][] = [
    [
      'catalog entities/by-name',
      name => `${base}/catalog/entities/by-name/component/default/${name}`,
    ],
    ['summary, a service’s first call', name => `${day2(name)}/summary`],
    ['summary, again', name => `${day2(name)}/summary`],
    ['summary, 90 days', name => `${day2(name)}/summary?from=${daysAgo(90)}`],
    ['timeline, 50', name => `${day2(name)}/timeline?from=${daysAgo(90)}`],
    [
      'deployments, 50',
      name => `${day2(name)}/deployments?from=${daysAgo(90)}`,
    ],
    ['changes, 50', name => `${day2(name)}/changes?from=${daysAgo(90)}`],
    ['services, 50', () => `${base}/day2/services`],
  ];
  for (const [caller, authorization] of Object.entries(callers)) {
    const visible =
      caller === 'allow-all' ? services : services.filter(isOwners);
    for (const [route, path] of routes) {
      rows.push(
        await measure({
          name: `${route} (${caller})`,
          // Each service once, so that a first call is one.
          calls: Math.min(CALLS, visible.length - 1),
          url: index => path(visible[index].name),
          authorization,
        }),
      );
    }
  }
  printTable(rows);
  await explain({ database, serviceId: services[0].id });
  await database.destroy();
  await backend.stop();

  const slow = rows.find(
    row => row.name.startsWith('summary, again') && row.p95 > LIMIT_MS,
  );
  if (slow) {
    throw new Error(
      `${slow.name}: p95 ${slow.p95.toFixed(1)} ms is over ${LIMIT_MS} ms`,
    );
  }
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString();
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
