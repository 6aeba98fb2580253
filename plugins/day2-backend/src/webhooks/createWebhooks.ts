import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Source } from '@day2/backstage-plugin-day2-node';
import type { Router } from 'express';
import type { Knex } from 'knex';
import type { IngestService } from '../ingest';
import { createWebhookRouter } from './createWebhookRouter';
import { WebhookInbox } from './WebhookInbox';
import { WebhookWorker } from './WebhookWorker';

/** Where tools deliver to, and what takes in what they delivered. */
export function createWebhooks(options: {
  database: Knex;
  ingest: IngestService;
  sources: Source[];
  onApplied: () => void;
  onHint: () => Promise<void>;
  logger: LoggerService;
  now: () => number;
}): { router: Router; start(): void; stop(): Promise<void> } {
  const inbox = WebhookInbox.create(options);
  const worker = WebhookWorker.create({ ...options, inbox });
  return {
    router: createWebhookRouter({
      ...options,
      inbox,
      onAccepted: () => worker.wake(),
    }),
    start: () => worker.start(),
    stop: () => worker.stop(),
  };
}
