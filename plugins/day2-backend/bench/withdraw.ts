import type { Observation } from '@day2/backstage-plugin-day2-node';
import knexFactory from 'knex';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateDatabase } from '../src/database';
import { IngestService } from '../src/ingest';
import { SourceStore } from '../src/sources/SourceStore';
import { askMeanwhile } from './askMeanwhile';

const COMMITS = Number(process.env.DAY2_BENCH_COMMITS ?? 20_000);
/** As many as the git source puts into a batch. */
const BATCH = 300;
/** Longest that a reader may wait meanwhile, in milliseconds. */
const LIMIT_MS = Number(process.env.DAY2_BENCH_WAIT_MS ?? 500);
const SOURCE = 'git:bench';
const REASON = 'history of main was rewritten';

const shaOf = (n: number) => n.toString(16).padStart(40, '0');

/** What a commit of a repository says: the commit, the change, at each twentieth a tag. */
function observationsOf(n: number): Observation[] {
  const sha = shaOf(n);
  const at = 1_700_000_000_000 + n * 60_000;
  const base = { version: 1, repository: 'shop', sha };
  return [
    {
      ...base,
      kind: 'commit',
      key: sha,
      parents: n > 0 ? [shaOf(n - 1)] : [],
      committedAt: at,
      title: `Commit ${n}`,
      authors: [],
      issueKeys: [],
      paths: ['src/main.ts'],
      pathsCut: false,
    },
    {
      ...base,
      kind: 'change',
      key: `${sha}:change`,
      touches: [
        {
          subject: {
            key: 'shop',
            kind: 'repository',
            traits: { repository: 'shop' },
          },
          fields: [],
          versionMoved: false,
        },
      ],
      title: `Commit ${n}`,
      at,
      authors: [],
      isMerge: false,
      issueKeys: [],
    },
    ...(n % 20 === 0
      ? [
          {
            ...base,
            kind: 'tag' as const,
            key: `tag:v${n}`,
            name: `v${n}`,
          },
        ]
      : []),
  ];
}

/** A force push over 20,000 commits, on SQLite: how long it takes, and how long readers wait meanwhile. */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'day2-bench-'));
  const database = knexFactory({
    client: 'better-sqlite3',
    connection: join(folder, 'day2.sqlite'),
    useNullAsDefault: true,
  });
  await migrateDatabase({ database });
  const ingest = IngestService.create({ database, environments: [] });
  const leases = SourceStore.create({ database }).leases({
    holder: 'bench',
    now: Date.now,
    leaseMs: 3_600_000,
  });
  await leases.register([SOURCE]);
  const lease = await leases.acquire(SOURCE);
  if (!lease) {
    throw new Error('The lease is taken');
  }
  const { epoch } = lease;
  const apply = (observations: Observation[]) =>
    ingest.applyBatch({
      sourceId: SOURCE,
      epoch,
      batch: { observations, cursor: {} },
    });
  const parts = Array.from({ length: Math.ceil(COMMITS / BATCH) }, (_, at) =>
    Array.from(
      { length: Math.min(BATCH, COMMITS - at * BATCH) },
      (_each, index) => at * BATCH + index,
    ),
  );
  try {
    console.log(
      '| step | seconds | questions answered | p95 ms | longest ms |',
    );
    console.log('|---|--:|--:|--:|--:|');
    let longest = 0;
    for (const [step, of] of [
      ['taking in', observationsOf],
      [
        'withdrawing',
        (n: number): Observation[] => [
          { kind: 'withdrawn', keyPrefix: shaOf(n), reason: REASON },
        ],
      ],
    ] as const) {
      const began = performance.now();
      const asked = await askMeanwhile({
        ask: () => database('source').where({ id: SOURCE }).first('counts'),
        meanwhile: async () => {
          for (const part of parts) {
            await apply(part.flatMap(of));
          }
        },
      });
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      console.log(
        `| ${step} ${COMMITS} commits | ${seconds} | ${
          asked.answers
        } | ${asked.p95.toFixed(0)} | ${asked.longest.toFixed(0)} |`,
      );
      longest = asked.longest;
    }
    const [{ n }] = await database('observation')
      .whereNull('withdrawn_at')
      .count({ n: '*' });
    if (Number(n) > 0) {
      throw new Error(`${n} observations were not withdrawn`);
    }
    if (longest > LIMIT_MS) {
      throw new Error(
        `A reader waited ${longest.toFixed(0)} ms, over ${LIMIT_MS} ms`,
      );
    }
  } finally {
    await database.destroy();
    await rm(folder, { recursive: true });
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
