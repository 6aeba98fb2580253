import type { RequestHandler } from 'express';
import { sendError } from './sendError';

const minuteMs = 60_000;

/** So many requests a minute for the key, told in headers; the next one is refused. */
export class RequestBudget {
  readonly #perMinute: number;
  readonly #now: () => number;
  #left: number;
  #fullAt = 0;

  private constructor(options: { perMinute: number; now: () => number }) {
    this.#perMinute = options.perMinute;
    this.#now = options.now;
    this.#left = options.perMinute;
  }

  static create(options: {
    /** 960 where absent. */
    perMinute?: number;
    now?: () => number;
  }): RequestBudget {
    return new RequestBudget({
      perMinute: options.perMinute ?? 960,
      now: options.now ?? Date.now,
    });
  }

  middleware(): RequestHandler {
    return (_request, response, next) => {
      const now = this.#now();
      if (now >= this.#fullAt) {
        this.#left = this.#perMinute;
        this.#fullAt = now + minuteMs;
      }
      this.#left -= 1;
      response.set({
        'ratelimit-limit': `${this.#perMinute}`,
        'ratelimit-remaining': `${Math.max(0, this.#left)}`,
        'ratelimit-reset': `${Math.ceil((this.#fullAt - now) / 1000)}`,
      });
      if (this.#left < 0) {
        sendError(response, 429);
      } else {
        next();
      }
    };
  }
}
