import { ResponseError } from '@backstage/errors';
import {
  contract,
  type Operation,
  type OperationInput,
  type OperationOutput,
} from './contract';
import type { Route } from './route';

/** The API as a typed function an operation. @public */
export interface Day2Api {
  /**
   * Calls one operation of the contract.
   *
   * @throws ResponseError when the answer is not 2xx
   */
  call<K extends Operation>(
    operation: K,
    input: OperationInput<K>,
  ): Promise<OperationOutput<K>>;
}

/**
 * The client of the contract, for browsers and backends.
 *
 * @remarks Answers are trusted, not parsed again: client and server ship together.
 *
 * @public
 */
export class Day2Client implements Day2Api {
  readonly #baseUrl: () => Promise<string>;
  readonly #fetch: typeof fetch;
  readonly #headers: () => Promise<Record<string, string>>;

  constructor(options: {
    /** Resolves the plugin's base URL, e.g. `discovery.getBaseUrl('day2')`. */
    baseUrl: () => Promise<string>;
    fetch?: typeof fetch;
    /** Further headers, e.g. a token where `fetch` adds none. */
    headers?: () => Promise<Record<string, string>>;
  }) {
    this.#baseUrl = options.baseUrl;
    this.#fetch = options.fetch ?? fetch;
    this.#headers = options.headers ?? (async () => ({}));
  }

  async call<K extends Operation>(
    operation: K,
    input: OperationInput<K>,
  ): Promise<OperationOutput<K>> {
    const route: Route = contract[operation];
    const { params, query, body, idempotencyKey, signal } = input as {
      params?: Record<string, unknown>;
      query?: Record<string, unknown>;
      body?: unknown;
      idempotencyKey?: string;
      signal?: AbortSignal;
    };
    const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
      encodeURIComponent(String(params?.[name] ?? '')),
    );
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries(query ?? {})) {
      if (value !== undefined && value !== '') {
        search.set(key, String(value));
      }
    }
    const suffix = search.size > 0 ? `?${search}` : '';
    // Called unbound: a browser's fetch refuses any other `this`.
    const request = this.#fetch;
    const response = await request(`${await this.#baseUrl()}${path}${suffix}`, {
      method: route.method.toUpperCase(),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(idempotencyKey === undefined
          ? {}
          : { 'idempotency-key': idempotencyKey }),
        ...(await this.#headers()),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return (await response.json()) as OperationOutput<K>;
  }
}
