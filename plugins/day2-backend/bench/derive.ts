import { mockServices } from '@backstage/backend-test-utils';
import knexFactory, { type Knex } from 'knex';
import { setTimeout } from 'node:timers/promises';
import {
  change,
  commit,
  deployment,
  repositoryTouch,
} from '../src/__testUtils__/observations';
import { TestHub } from '../src/__testUtils__/testHub';

const DEPLOYMENTS = Number(process.env.DAY2_BENCH_DEPLOYMENTS ?? 20_000);
const SLICE = 500;
const MINUTE = 60_000;

const shaOf = (n: number) =>
  (BigInt(n + 1) * 0x9e3779b97f4a7c15n)
    .toString(16)
    .padStart(40, '0')
    .slice(-40)
    .split('')
    .reverse()
    .join('');

/** Back-fill of one service: its commits first, then its deployments in slices, each derived before the next comes. */
async function backFill(database: Knex): Promise<{
  deriving: number;
  inAll: number;
  one: number;
  rows: number;
}> {
  const hub = await TestHub.create(
    database,
    mockServices.rootLogger({ level: 'warn' }),
  );
  await hub.addService({
    id: 'a',
    ref: 'component:default/payments-api',
    annotations: { 'github.com/project-slug': 'tern/payments' },
  });
  await hub.observe('git:payments', [
    change({
      key: 'repository',
      at: 1,
      repository: 'payments',
      sha: shaOf(-1),
      touches: [repositoryTouch('payments')],
    }),
  ]);
  for (let from = 0; from < DEPLOYMENTS; from += SLICE) {
    await hub.observe(
      'git:payments',
      Array.from({ length: SLICE }, (_, i) =>
        commit({
          sha: shaOf(from + i),
          position: from + i,
          parents: from + i > 0 ? [shaOf(from + i - 1)] : [],
          committedAt: (from + i) * MINUTE,
        }),
      ),
    );
  }
  await hub.derive();
  const said = (n: number) =>
    deployment({
      key: `d${n}`,
      versionName: `1.${n}.0-${shaOf(n).slice(0, 8)}`,
      applicationRevision: {
        sha: shaOf(n).slice(0, 8),
        found: 'Short SHA in the version',
      },
      finishedAt: (n + 1) * MINUTE,
      order: n,
    });
  const secondsOf = async (work: () => Promise<void>) => {
    const began = performance.now();
    await work();
    return (performance.now() - began) / 1000;
  };
  const derive = async () => {
    hub.time = Date.now();
    return secondsOf(() => hub.derive());
  };
  /** As the portal does every few seconds. */
  const deriveAll = async () => {
    let deriving = await derive();
    while ((await hub.worker.pending()).sequences > 0) {
      await setTimeout(200);
      deriving += await derive();
    }
    return deriving;
  };
  let deriving = 0;
  const inAll = await secondsOf(async () => {
    for (let from = 0; from < DEPLOYMENTS; from += SLICE) {
      await hub.observe(
        'git:gitops',
        Array.from({ length: SLICE }, (_, i) => said(from + i)),
      );
      deriving += await derive();
    }
    deriving += await deriveAll();
  });
  // Long after: it rests no more.
  await setTimeout(1_000 + DEPLOYMENTS);
  await hub.observe('git:gitops', [
    deployment({
      key: 'one-more',
      versionName: 'one-more',
      finishedAt: (DEPLOYMENTS + 1) * MINUTE,
      order: DEPLOYMENTS,
    }),
  ]);
  const one = await deriveAll();
  const [{ n }] = await database('deployment').count({ n: '*' });
  return { deriving, inAll, one, rows: Number(n) };
}

/** How long deriving takes while a service's past comes in, and for one deployment more. */
async function main(): Promise<void> {
  const url = process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING;
  const databases: [string, Knex.Config][] = [
    [
      'SQLite',
      {
        client: 'better-sqlite3',
        connection: ':memory:',
        useNullAsDefault: true,
      },
    ],
  ];
  if (url) {
    databases.push(['PostgreSQL', { client: 'pg', connection: url }]);
  }
  console.log(
    `| ${DEPLOYMENTS} deployments in slices of ${SLICE} | deriving s | with ingest and rests s | one more s |`,
  );
  console.log('|---|--:|--:|--:|');
  for (const [name, config] of databases) {
    const database = knexFactory(config);
    const { rows, ...seconds } = await backFill(database);
    if (rows !== DEPLOYMENTS + 1) {
      throw new Error(`${rows} deployments are there`);
    }
    const cells = [seconds.deriving, seconds.inAll, seconds.one].map(each =>
      each.toFixed(2),
    );
    console.log(`| ${name} | ${cells.join(' | ')} |`);
    await database.destroy();
  }
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
