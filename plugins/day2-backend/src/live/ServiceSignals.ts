import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  serviceChannel,
  type ServiceSignal,
} from '@day2/backstage-plugin-day2-common';

const AT_MOST_EVERY_MS = 1_000;

/**
 * Tells open pages that records of a service have changed, at most once a
 * second a service. A signal has no content, so it may go to everyone.
 */
export class ServiceSignals {
  readonly #options: ServiceSignalsOptions;
  readonly #waiting = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #rev = 0;

  private constructor(options: ServiceSignalsOptions) {
    this.#options = options;
  }

  static create(options: ServiceSignalsOptions): ServiceSignals {
    return new ServiceSignals(options);
  }

  /** To be called once what has changed is committed. */
  changed(serviceIds: Iterable<string>): void {
    for (const id of serviceIds) {
      this.#waiting.add(id);
    }
    if (this.#waiting.size > 0 && !this.#timer) {
      this.#timer = setTimeout(
        () => this.#send(),
        this.#options.everyMs ?? AT_MOST_EVERY_MS,
      );
      this.#timer.unref();
    }
  }

  /** Sends no more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#waiting.clear();
  }

  async #send(): Promise<void> {
    this.#timer = undefined;
    const { signals, logger, now } = this.#options;
    const ids = [...this.#waiting];
    this.#waiting.clear();
    // Clocks may stand still or go back; what follows must be larger.
    this.#rev = Math.max(this.#rev + 1, now());
    const message: ServiceSignal = { rev: this.#rev };
    try {
      for (const id of ids) {
        await signals.publish({
          recipients: { type: 'broadcast' },
          channel: serviceChannel(id),
          message: { ...message },
        });
      }
    } catch (error) {
      // Pages ask by themselves every half a minute.
      logger.debug('A signal was not sent', { error: String(error) });
    }
  }
}

/** What it needs. */
export interface ServiceSignalsOptions {
  signals: SignalsService;
  logger: LoggerService;
  now: () => number;
  /** Milliseconds between signals of one service; 1,000 by default. */
  everyMs?: number;
}
