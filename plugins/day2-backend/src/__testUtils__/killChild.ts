import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Source } from '@day2/backstage-plugin-day2-node';
import knexFactory, { type Knex } from 'knex';
import { setTimeout } from 'node:timers/promises';
import { chunksOf } from '../database';
import { DeriveWorker } from '../derive';
import { IngestService } from '../ingest';
import { SourceRunner } from '../sources/SourceRunner';
import { SourceStore } from '../sources/SourceStore';
import { worldOf } from './shuffledWorld';

/** What the parent tells the child, as JSON in DAY2_KILL_CHILD. */
export interface KillChildOptions {
  knex: Knex.Config;
  seed: number;
  commits: number;
  deployments: number;
  /** Between two batches, so that there is time to be killed in. */
  pauseMs: number;
}

const quiet: LoggerService = {
  error: (message, meta) => process.stderr.write(`${message} ${meta}\n`),
  warn: (message, meta) =>
    process.stderr.write(`${message} ${JSON.stringify(meta)}\n`),
  info: () => {},
  debug: () => {},
  child: () => quiet,
};

/** A hub of its own with a source that says the same at each reading; ends when all is derived. */
async function main(options: KillChildOptions): Promise<void> {
  const database = knexFactory(options.knex);
  const environments = [
    { name: 'production', tier: 'production' as const, match: ['prod*'] },
    { name: 'staging', tier: 'staging' as const, match: ['stag*'] },
  ];
  const ingest = IngestService.create({ database, environments });
  const deriveWorker = DeriveWorker.create({
    database,
    environments,
    logger: quiet,
    claimMs: 700,
  });
  const sourceStore = SourceStore.create({ database });
  const batches = chunksOf(worldOf(options.seed, options), 100);
  const source: Source = {
    id: 'synthetic:world',
    type: 'synthetic',
    title: 'A world',
    kinds: ['deployment', 'change', 'commit'],
    everySeconds: 3600,
    async *pull({ cursor, signal }) {
      process.stdout.write('pulling\n');
      for (let at = Number(cursor?.at ?? 0); at < batches.length; at += 1) {
        if (signal.aborted) {
          return;
        }
        await setTimeout(options.pauseMs);
        yield {
          observations: batches[at],
          cursor: { at: at + 1 },
          progress: { done: at + 1, total: batches.length, unit: 'batches' },
          skipped: { 'by rule': 1 },
        };
      }
    },
  };
  const runner = SourceRunner.create({
    sources: [source],
    sourceStore,
    ingest,
    deriveWorker,
    logger: quiet,
    holder: `child-${process.pid}`,
    sliceMs: 300,
    leaseMs: 700,
    tickMs: 50,
  });
  deriveWorker.start();
  await runner.start();
  for (;;) {
    await setTimeout(50);
    const row = await database('source').first('cursor', 'last_success_at');
    if (row?.last_success_at && JSON.parse(row.cursor).at === batches.length) {
      await deriveWorker.runUntilIdle();
      const left = Object.values(await deriveWorker.pending());
      if (left.every(n => n === 0)) {
        break;
      }
    }
  }
  await runner.stop();
  await deriveWorker.stop();
  await database.destroy();
}

if (process.env.DAY2_KILL_CHILD) {
  main(JSON.parse(process.env.DAY2_KILL_CHILD)).then(
    () => process.exit(0),
    error => {
      process.stderr.write(`${error?.stack ?? error}\n`);
      process.exit(1);
    },
  );
}
