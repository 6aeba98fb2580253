import {
  HttpClient,
  isSourceError,
  SourceError,
} from '@day2/backstage-plugin-day2-node';
import type { AccountConfig } from './config';
import { pageOf } from './schema';

const PAGE = 100;
/** PagerDuty answers no page beyond. */
export const MAX_ITEMS = 10_000;
/** Of the 960 a minute that a key has; the rest is for others who use it. */
const PER_SECOND = 10;

/** A list, or as much of it as was asked for. */
export interface List {
  items: unknown[];
  /** There is more. */
  isCut: boolean;
}

/** Speaks with one account. Addresses are made here; none that an answer names is asked. */
export class PagerdutyClient {
  readonly #http: HttpClient;
  readonly #token: string;
  readonly #url: string;

  private constructor(options: ClientOptions) {
    const { config, timeoutMs = 30_000, perSecond = PER_SECOND } = options;
    this.#token = config.token;
    this.#url = config.apiUrl;
    this.#http = HttpClient.create({
      tool: 'PagerDuty',
      baseUrl: config.apiUrl,
      timeoutMs,
      perSecond,
    });
  }

  static create(options: ClientOptions): PagerdutyClient {
    return new PagerdutyClient(options);
  }

  /** Pages of a list one after the other, at most `max` items. @throws SourceError */
  async list(options: {
    path: string;
    /** Under which the items are. */
    key: string;
    query?: Record<string, string | string[] | undefined>;
    /** Default and at most 10,000. */
    max?: number;
    signal: AbortSignal;
  }): Promise<List> {
    const { path, key, query, max = MAX_ITEMS, signal } = options;
    const items: unknown[] = [];
    for (let offset = 0; offset < max; offset += PAGE) {
      const answer = pageOf(key).safeParse(
        await this.get({
          path,
          query: { ...query, limit: `${PAGE}`, offset: `${offset}` },
          signal,
        }),
      );
      if (!answer.success) {
        throw new SourceError({
          code: 'bad-answer',
          message: `PagerDuty at ${
            this.#url
          } answered with something that is no list of ${key}.`,
          fix: 'Check that apiUrl is that of PagerDuty: https://api.pagerduty.com, or https://api.eu.pagerduty.com.',
        });
      }
      items.push(...answer.data.items);
      if (!answer.data.more) {
        return { items, isCut: false };
      }
    }
    return { items, isCut: true };
  }

  /** @throws SourceError with its status */
  async get(options: {
    path: string;
    query?: Record<string, string | string[] | undefined>;
    signal: AbortSignal;
  }): Promise<unknown> {
    try {
      return await this.#http.json({
        ...options,
        headers: {
          accept: 'application/vnd.pagerduty+json;version=2',
          authorization: `Token token=${this.#token}`,
        },
      });
    } catch (error) {
      throw isSourceError(error) ? this.#explain(error) : error;
    }
  }

  #explain(error: SourceError): SourceError {
    const { code, message, retryAfterMs, status } = error;
    const fixes: Record<number, string> = {
      401: 'The key is wrong or was taken away. Make a new one: Integrations, API Access Keys, Create New API Key, Read-only; and put it into token.',
      402: 'The plan of this account does not let its API read this. Its administrator, or PagerDuty, tells which does.',
      403: 'Give the source a REST API key of the account; that of a user reads what the user may see.',
      404: 'Check apiUrl: https://api.pagerduty.com, or for an account in Europe https://api.eu.pagerduty.com.',
      429: 'A key has 960 requests a minute, which all who use it share: give the portal one of its own. It goes on after the pause.',
    };
    const fix = fixes[status ?? 0];
    return fix
      ? new SourceError({
          code: status === 402 ? 'forbidden' : code,
          message:
            status === 402
              ? `PagerDuty at ${
                  this.#url
                } does not do this for the account’s plan (402).`
              : message,
          retryAfterMs,
          status,
          fix,
        })
      : error;
  }
}

/** What a client needs. */
export interface ClientOptions {
  config: AccountConfig;
  /** Of one request; for tests. */
  timeoutMs?: number;
  /** Requests; for tests. */
  perSecond?: number;
}
