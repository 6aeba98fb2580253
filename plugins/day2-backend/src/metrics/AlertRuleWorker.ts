import type { LoggerService } from '@backstage/backend-plugin-api';
import { SourceError, type Source } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { failureOf } from '../sources/failureOf';
import { AlertRuleStore } from './AlertRuleStore';
import {
  alertSourcesOf,
  metricSources,
  type MetricSource,
} from './metricSources';

/** Between two readings of one source. */
export const READ_EVERY_MS = 60_000;
const TICK_MS = 5_000;
const READ_MS = 30_000;
const CLAIM_MS = 2 * READ_MS;
/** What is written in one transaction. */
const MAX_RULES = 10_000;

/**
 * Reads rules of alerts once a minute from each source where a service names
 * some, so that no page waits for it. Replicas share the sources by claims.
 */
export class AlertRuleWorker {
  readonly #options: AlertRuleWorkerOptions;
  readonly #store: AlertRuleStore;
  readonly #holder = randomUUID();
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  private constructor(options: AlertRuleWorkerOptions) {
    this.#options = options;
    this.#store = AlertRuleStore.create(options);
  }

  static create(options: AlertRuleWorkerOptions): AlertRuleWorker {
    return new AlertRuleWorker(options);
  }

  start(): void {
    if (metricSources(this.#options.sources()).length === 0) {
      return;
    }
    this.#timer = setInterval(() => {
      this.run().catch(error =>
        this.#options.logger.error('Rules of alerts could not be kept', {
          reason: failureOf(error).reason,
        }),
      );
    }, this.#options.tickMs ?? TICK_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort();
    await this.#running?.catch(() => {});
  }

  /** Reads what is due; calls meanwhile share it. */
  async run(): Promise<void> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    await this.#running;
  }

  async #run(): Promise<void> {
    const wanted = alertSourcesOf({
      services: await this.#store.services(),
      sources: metricSources(this.#options.sources()),
    });
    await this.#store.keepOnly(wanted.map(({ id }) => id));
    // One that does not answer keeps none of the others.
    await Promise.all(wanted.map(source => this.#read(source)));
  }

  async #read({ id: source, metrics }: MetricSource): Promise<void> {
    const { now, logger } = this.#options;
    const at = now();
    const ours = { source, holder: this.#holder };
    if (
      this.#stopping.signal.aborted ||
      !(await this.#store.claim({ ...ours, now: at, until: at + CLAIM_MS }))
    ) {
      return;
    }
    try {
      const rules = await metrics.alertRules({
        signal: AbortSignal.any([
          this.#stopping.signal,
          AbortSignal.timeout(READ_MS),
        ]),
      });
      if (rules.length > MAX_RULES) {
        throw new SourceError({
          code: 'bad-answer',
          message: `It has ${rules.length} rules of alerts; at most ${MAX_RULES} are read`,
        });
      }
      const readAt = now();
      const nextAt = at + READ_EVERY_MS;
      await this.#store.replace({ ...ours, rules, readAt, nextAt });
    } catch (error) {
      if (this.#stopping.signal.aborted) {
        await this.#store.release(ours);
        return;
      }
      const { reason, shown } = failureOf(error);
      logger.warn('Rules of alerts could not be read', { source, reason });
      await this.#store.failed({
        ...ours,
        error: shown,
        now: now(),
        nextAt: now() + READ_EVERY_MS,
      });
    }
  }
}

/** What the worker needs. */
export interface AlertRuleWorkerOptions {
  database: Knex;
  sources: () => Source[];
  logger: LoggerService;
  now: () => number;
  /** How often it looks whether something is due; for tests. */
  tickMs?: number;
}
