import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Source } from '@day2/backstage-plugin-day2-node';
import type { Knex } from 'knex';
import { setImmediate } from 'node:timers/promises';
import { inTransaction } from '../database';
import type { IngestService } from '../ingest';
import { noteHint } from '../sources/noteHint';
import { isClaimLostError } from './ClaimLostError';
import {
  deliveryGroups,
  MAX_OBSERVATIONS,
  type ReadDelivery,
} from './deliveryGroups';
import { readDelivery } from './readDelivery';
import { setDeliveryAside } from './setDeliveryAside';
import type { ClaimedDelivery, WebhookInbox } from './WebhookInbox';

const EVERY_MS = 5_000;
const CLEAN_MS = 3_600_000;
/** Fails that often while the database can note it: it is this delivery's fault. */
const MAX_ATTEMPTS = 8;

/**
 * Takes deliveries in, those of a source in their order. What is due is kept in
 * the database; replicas share it, and a crash loses nothing.
 */
export class WebhookWorker {
  readonly #options: WebhookWorkerOptions;
  readonly #sources: Map<string, Source>;
  #timer: NodeJS.Timeout | undefined;
  #cleaner: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  private constructor(options: WebhookWorkerOptions) {
    this.#options = options;
    this.#sources = new Map(
      options.sources
        .filter(({ webhook }) => webhook)
        .map(source => [source.id, source]),
    );
  }

  static create(options: WebhookWorkerOptions): WebhookWorker {
    return new WebhookWorker(options);
  }

  /** Works now and every few seconds: another replica may have left something. */
  start(): void {
    if (this.#sources.size === 0) {
      return;
    }
    this.wake();
    this.#timer = setInterval(() => this.wake(), EVERY_MS);
    this.#cleaner = setInterval(() => this.#clean(), CLEAN_MS);
  }

  /** Works soon; what fails is tried again at the next turn. */
  wake(): void {
    this.runUntilIdle().catch(error => {
      this.#options.logger.warn('Webhooks could not be taken in', {
        error: String((error as { code?: unknown }).code ?? error.name),
      });
    });
  }

  /** Ends after the deliveries in hand. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    clearInterval(this.#cleaner);
    await Promise.allSettled([this.#running]);
  }

  /** Works until nothing is left that can be done now, what came meanwhile too. */
  async runUntilIdle(): Promise<void> {
    this.#again = true;
    this.#running ??= this.#work().finally(() => {
      this.#running = undefined;
    });
    await this.#running;
  }

  async #work(): Promise<void> {
    let worked = false;
    while ((worked || this.#again) && !this.#stopped) {
      this.#again = false;
      worked = false;
      // So many of each in turn: one that sends much keeps no other waiting.
      for (const source of await this.#unpaused()) {
        const claims = await this.#options.inbox.claim(source.id);
        if (claims.length > 0) {
          worked = (await this.#take(source, claims)) || worked;
          await setImmediate();
        }
      }
    }
  }

  /** What people have paused waits. */
  async #unpaused(): Promise<Source[]> {
    if (this.#sources.size === 0) {
      return [];
    }
    const paused: string[] = await this.#options
      .database('source')
      .where({ paused: true })
      .pluck('id');
    return [...this.#sources.values()].filter(({ id }) => !paused.includes(id));
  }

  /** @returns whether to go on with this source */
  async #take(source: Source, claims: ClaimedDelivery[]): Promise<boolean> {
    const { inbox, database, now } = this.#options;
    if (source.webhook?.kind === 'hint') {
      await inTransaction(database, async transaction => {
        await inbox.finish({ transaction, claims, rejected: false });
        await noteHint({ transaction, source: source.id, now: now() });
      });
      await this.#options.onHint();
      return true;
    }
    const read: ReadDelivery[] = [];
    for (const claim of claims) {
      const records = readDelivery(source.webhook!, claim);
      if ('unreadable' in records) {
        await this.#setAside(source, claim, records.unreadable);
      } else {
        read.push({ claim, records });
      }
    }
    const groups = deliveryGroups(read);
    while (groups.length > 0) {
      const group = groups.shift()!;
      try {
        await this.#apply(source, group);
      } catch (error) {
        if (isClaimLostError(error)) {
          return false;
        }
        if (group.length > 1) {
          // One of them may be to blame: the others need not wait for it.
          groups.unshift(...group.map(each => [each]));
          continue;
        }
        await this.#failed(source, group[0].claim, error);
        await inbox.release(groups.flat().map(({ claim }) => claim));
        return false;
      }
    }
    return true;
  }

  async #apply(source: Source, group: ReadDelivery[]): Promise<void> {
    const { inbox, ingest } = this.#options;
    const claims = group.map(({ claim }) => claim);
    const observations = group.flatMap(({ records }) => records.observations);
    const rejected = group.flatMap(({ records }) => records.rejected ?? []);
    let at = 0;
    const found = { rejected: false };
    do {
      const next = at + MAX_OBSERVATIONS;
      const isLast = next >= observations.length;
      await ingest.applyDelivered({
        sourceId: source.id,
        observations: observations.slice(at, next),
        rejected: isLast ? rejected : [],
        settle: async (transaction, outcome) => {
          found.rejected ||= outcome.rejected > 0;
          await (isLast
            ? inbox.finish({ transaction, claims, ...found })
            : inbox.hold(transaction, claims));
        },
      });
      at = next;
    } while (at < observations.length);
    this.#options.onApplied();
  }

  async #failed(
    source: Source,
    claim: ClaimedDelivery,
    error: unknown,
  ): Promise<void> {
    this.#options.logger.warn('A webhook could not be taken in', {
      source: source.id,
      delivery: claim.bodyHash,
      // Words of a database may hold what was delivered.
      error: String((error as { code?: unknown }).code ?? 'unknown'),
    });
    if (claim.attempts + 1 < MAX_ATTEMPTS) {
      await this.#options.inbox.postpone(claim);
    } else {
      await this.#setAside(
        source,
        claim,
        'it was read, but could not be stored',
      );
    }
  }

  async #setAside(
    source: Source,
    claim: ClaimedDelivery,
    reason: string,
  ): Promise<void> {
    await setDeliveryAside({
      ...this.#options,
      source: source.id,
      claim,
      reason,
    });
  }

  async #clean(): Promise<void> {
    try {
      const sources = [...this.#sources.keys()];
      let more = true;
      while (more && !this.#stopped) {
        more = await this.#options.inbox.clean({ sources });
        await setImmediate();
      }
    } catch (error) {
      this.#options.logger.warn('Old webhooks could not be deleted', {
        error: String(error),
      });
    }
  }
}

/** What the worker needs. */
export interface WebhookWorkerOptions {
  database: Knex;
  inbox: WebhookInbox;
  ingest: Pick<IngestService, 'applyDelivered'>;
  /** All that are configured. */
  sources: Source[];
  /** Called when records of a source have changed. */
  onApplied: () => void;
  /** Called when a source is due because its tool said so. */
  onHint: () => Promise<void>;
  logger: LoggerService;
  now: () => number;
}
