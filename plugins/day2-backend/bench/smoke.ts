import { databaseServiceFactory } from '@backstage/backend-defaults/database';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { availableParallelism } from 'node:os';
import { day2Plugin } from '../src/plugin';
import { benchCatalog } from './benchCatalog';
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
  const { server, stop } = await startTestBackend({
    features: [
      databaseServiceFactory,
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
      ...benchPolicy(),
      import('@backstage/plugin-catalog-backend'),
      import('@backstage/plugin-permission-backend'),
      day2Plugin,
    ],
  });
  const address = server.address();
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
  for (const [caller, authorization] of Object.entries(callers)) {
    const routes = {
      'catalog entities/by-name': (name: string) =>
        `${base}/catalog/entities/by-name/component/default/${name}`,
      summary: (name: string) =>
        `${base}/day2/services/component/default/${name}/summary`,
      'summary, 90 days': (name: string) =>
        `${base}/day2/services/component/default/${name}/summary?from=${daysAgo(
          90,
        )}`,
      'timeline, 50': (name: string) =>
        `${base}/day2/services/component/default/${name}/timeline`,
      'deployments, 50': (name: string) =>
        `${base}/day2/services/component/default/${name}/deployments`,
      'services, 50': () => `${base}/day2/services`,
    };
    for (const [route, path] of Object.entries(routes)) {
      rows.push(
        await measure({
          name: `${route} (${caller})`,
          calls: CALLS,
          url: index => path(services[index % services.length].name),
          authorization,
        }),
      );
    }
  }
  printTable(rows);
  await explain({ database, serviceId: services[0].id });
  await database.destroy();
  await stop();

  const slow = rows.find(
    row => row.name.startsWith('summary (') && row.p95 > LIMIT_MS,
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
