import type { LoggerService } from '@backstage/backend-plugin-api';
import knexFactory, { type Knex } from 'knex';
import { setTimeout } from 'node:timers/promises';
import { IngestService } from '../ingest';
import { WebhookInbox } from '../webhooks/WebhookInbox';
import { WebhookWorker } from '../webhooks/WebhookWorker';
import { hookSource } from './hookSource';

/** What the parent tells the child. */
export interface WebhookChildOptions {
  knex: Knex.Config;
  /** Before each commit, so that there is time to be killed in. */
  pauseMs: number;
}

const quiet: LoggerService = {
  error: message => process.stderr.write(`${message}\n`),
  warn: (message, meta) =>
    process.stderr.write(`${message} ${JSON.stringify(meta)}\n`),
  info: () => {},
  debug: () => {},
  child: () => quiet,
};

/** Takes in what is in the inbox; ends when it is empty. */
async function main(options: WebhookChildOptions): Promise<void> {
  const database = knexFactory(options.knex);
  const ingest = IngestService.create({ database, environments: [] });
  const inbox = WebhookInbox.create({
    database,
    now: Date.now,
    claimMs: 400,
  });
  const worker = WebhookWorker.create({
    database,
    inbox,
    ingest: {
      applyDelivered: async delivered =>
        ingest.applyDelivered({
          ...delivered,
          settle: async (transaction, outcome) => {
            await delivered.settle?.(transaction, outcome);
            process.stdout.write('working\n');
            // Within the transaction: a kill comes before its commit.
            await setTimeout(options.pauseMs);
          },
        }),
    },
    sources: [hookSource({ id: 'toy:a' })],
    onApplied: () => {},
    onHint: async () => {},
    logger: quiet,
    now: Date.now,
  });
  for (;;) {
    await worker.runUntilIdle();
    const left = await database('webhook_delivery')
      .where({ state: 'waiting' })
      .first('seq');
    if (!left) {
      break;
    }
    await setTimeout(50);
  }
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
