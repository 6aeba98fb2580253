import { databaseServiceFactory } from '@backstage/backend-defaults/database';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Scoreboard } from '@day2/backstage-plugin-day2-common';
import knexFactory from 'knex';
import { availableParallelism, loadavg } from 'node:os';
import { day2Plugin } from '../src/plugin';
import { benchAuth } from './benchAuth';
import { benchCatalog } from './benchCatalog';
import { benchPolicy } from './benchPolicy';
import { explainDelivery } from './explainDelivery';
import { DAY_MS, fillDeliveries, type Filled } from './fillDeliveries';
import { knownServices } from './fillDatabase';
import { measure, printTable, type Measured } from './measure';
import { expectSame, plainSql } from './plainSql';

const SERVICES = Number(process.env.DAY2_BENCH_SERVICES ?? 500);
const DEPLOYMENTS = Number(process.env.DAY2_BENCH_DEPLOYMENTS ?? 100_000);
const COMMITS_EACH = 11;
const DAYS = 180;
const CALLS = Number(process.env.DAY2_BENCH_CALLS ?? 20);
/** Of the scoreboard by team with its weeks, median, in milliseconds. */
const LIMIT_MS = Number(process.env.DAY2_BENCH_LIMIT_MS ?? 1_500);

/**
 * The scoreboard of 100,000 deployments with a million commits, over HTTP with
 * permissions on, beside plain SQL over the rows of the same PostgreSQL, which
 * has to say the same of every team's every week; and what one deployment more
 * costs.
 */
async function main(): Promise<void> {
  const url = process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING;
  if (!url) {
    throw new Error(
      'Run it by `yarn bench scoreboard`, which brings a PostgreSQL',
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
      ...benchCatalog({ services: SERVICES, teams: 50 }),
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
  }/api/day2`;
  const connection = new URL(url);
  connection.pathname = `/${prefix}day2`;
  const database = knexFactory({ client: 'pg', connection: connection.href });
  const services = await knownServices(database, SERVICES);
  const filled = await fillDeliveries({
    database,
    services,
    deployments: DEPLOYMENTS,
    commitsEach: COMMITS_EACH,
    days: DAYS,
  });
  console.log(
    `${filled.deployments} deployments with ${filled.commits} commits of ${
      services.length
    } services over ${DAYS} days, PostgreSQL, ${availableParallelism()} cores, node ${
      process.version
    }. Deliveries judged in ${filled.deliverySeconds.toFixed(1)} s, ${
      filled.cells
    } cells computed in ${filled.cellSeconds.toFixed(1)} s`,
  );

  const to = Date.now();
  const from = to - 90 * DAY_MS;
  const range = `from=${iso(from)}&to=${iso(to)}`;
  const routes: [string, string][] = [
    ['organisation, 90 days', `/scoreboard?${range}&groupBy=organisation`],
    ['team, 90 days', `/scoreboard?${range}`],
    ['team and week, 90 days', `/scoreboard?${range}&trend=true`],
    [
      'team and week of Berlin, 90 days',
      `/scoreboard?${range}&trend=true&zone=Europe/Berlin`,
    ],
    [
      'team and week, 90 days, not compared',
      `/scoreboard?${range}&trend=true&compare=false`,
    ],
    [
      'service and week, 50 of them',
      `/scoreboard?${range}&trend=true&groupBy=service`,
    ],
    [
      'failed ones behind the change fail rate, 50',
      `/scoreboard/records?${range}&grouping=organisation&metric=changeFailRate&role=numerator`,
    ],
    [
      'all behind the change lead time, 50',
      `/scoreboard/records?${range}&grouping=organisation&metric=changeLeadTime`,
    ],
    [
      'one service, 90 days',
      `/services/component/default/service-2/delivery?${range}`,
    ],
  ];
  const callers = {
    'allow-all': mockCredentials.user.header('user:default/sees-all'),
    'owner-conditional': mockCredentials.user.header('user:default/owner'),
  };
  const rows: Measured[] = [];
  for (const [caller, authorization] of Object.entries(callers)) {
    for (const [route, path] of routes) {
      rows.push(
        await measure({
          name: `${route} (${caller})`,
          calls: CALLS,
          url: () => `${base}${path}`,
          authorization,
        }),
      );
    }
  }
  const plain = await plainSql({ database, from, to, calls: CALLS });
  printTable([...rows, ...plain.rows]);
  console.log(`\nLoad at the end: ${loadavg()[0].toFixed(1)}`);
  const board = (await (
    await fetch(`${base}/scoreboard?${range}&trend=true&limit=200`, {
      headers: { authorization: callers['allow-all'] },
    })
  ).json()) as Scoreboard;
  const same = expectSame({ board, said: plain.said });
  console.log(`${same} figures of teams and weeks are those of the plain SQL`);
  await explainDelivery({ database, from, to });
  await oneMoreEach(filled);
  await database.destroy();
  await backend.stop();

  const slow = rows.find(
    row => row.name.startsWith('team and week') && row.p50 > LIMIT_MS,
  );
  if (slow) {
    throw new Error(
      `${slow.name}: p50 ${slow.p50.toFixed(1)} ms is over ${LIMIT_MS} ms`,
    );
  }
}

/** The median of one deployment more in each of some services. */
async function oneMoreEach(filled: Filled): Promise<void> {
  const each: { judgedMs: number; cellsMs: number }[] = [];
  for (let index = 0; index < 21; index += 1) {
    each.push(await filled.oneMore(index));
  }
  const median = (of: 'judgedMs' | 'cellsMs') =>
    each
      .map(one => one[of])
      .sort((a, b) => a - b)[10]
      .toFixed(1);
  console.log(
    `One deployment more of ${DEPLOYMENTS / SERVICES}: judged in ${median(
      'judgedMs',
    )} ms, cells in ${median('cellsMs')} ms`,
  );
}

function iso(at: number): string {
  return new Date(at).toISOString();
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
