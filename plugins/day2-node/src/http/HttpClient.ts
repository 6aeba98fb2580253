import {
  bulkhead,
  ExponentialBackoff,
  handleWhen,
  retry,
  wrap,
  type IPolicy,
} from 'cockatiel';
import { isSourceError, type SourceError } from '../sources/SourceError';
import {
  describeBroken,
  describeRedirect,
  describeStatus,
  describeText,
  type FailureContext,
} from './describeFailure';
import { RateBudget } from './RateBudget';
import { discardBody, readBody } from './readBody';
import { readRetryAfter } from './retryAfter';

const MAX_REDIRECTS = 3;
/** A longer wait is the hub's: the run ends and comes again. */
const MAX_WAIT_MS = 2_000;

/** @public */
export interface HttpClientOptions {
  /** What it talks to, as people call it: `Argo CD`. Stands in errors. */
  tool: string;
  /** `http` or `https`, perhaps with a path, without credentials. From configuration only. */
  baseUrl: string;
  /** For one request with its whole answer; default 30 s. */
  timeoutMs?: number;
  /** Of one answer, unpacked; default 64 MB. */
  maxBytes?: number;
  /** Requests at once; default 6. */
  concurrency?: number;
  /** Rate budget; default 50 requests a second. */
  perSecond?: number;
  /** Tries of one request; default 3. */
  attempts?: number;
}

/** @public */
export interface HttpRequest {
  /** Below the base URL, each segment encoded. */
  path: string;
  method?: 'GET' | 'POST';
  /** Those that are undefined are left out, lists are repeated. */
  query?: Record<string, string | string[] | undefined>;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as a form in place of a body: for queries too long for an address. */
  form?: Record<string, string>;
  /**
   * Statuses with which the tool says in JSON what it refuses: such an answer
   * is given like any other, at once, and is the caller's to tell from a good one.
   */
  refusals?: number[];
  signal: AbortSignal;
}

/**
 * JSON over HTTP for sources: time-outs, bounded answers, retries with jitter,
 * `Retry-After`, so many requests at once and a second. Redirects are followed
 * within the same origin only, certificates are always checked.
 *
 * @remarks There is no circuit breaker: a run ends at the first failure that
 * retries do not mend, and the hub comes again after a growing pause.
 *
 * @public
 */
export class HttpClient {
  readonly #base: string;
  readonly #context: FailureContext;
  readonly #budget: RateBudget;
  readonly #policy: IPolicy;

  private constructor(options: HttpClientOptions) {
    const url = new URL(options.baseUrl);
    this.#base = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
    this.#context = {
      tool: options.tool,
      url: this.#base,
      timeoutMs: options.timeoutMs ?? 30_000,
      maxBytes: options.maxBytes ?? 64_000_000,
    };
    const perSecond = options.perSecond ?? 50;
    this.#budget = RateBudget.create({ perSecond, burst: perSecond });
    this.#policy = wrap(
      bulkhead(options.concurrency ?? 6, Number.POSITIVE_INFINITY),
      retry(handleWhen(mayPass), {
        maxAttempts: (options.attempts ?? 3) - 1,
        backoff: new ExponentialBackoff({
          initialDelay: 200,
          maxDelay: MAX_WAIT_MS,
        }),
      }),
    );
  }

  static create(options: HttpClientOptions): HttpClient {
    return new HttpClient(options);
  }

  /**
   * The parsed answer.
   *
   * @throws SourceError in plain words, with the status where one came
   */
  async json(request: HttpRequest): Promise<unknown> {
    const { signal } = request;
    signal.throwIfAborted();
    try {
      return await this.#policy.execute(async () => {
        await this.#budget.take(signal);
        return await this.#once(request);
      }, signal);
    } catch (error) {
      // Whatever the abort looked like from within.
      signal.throwIfAborted();
      throw error;
    }
  }

  async #once(request: HttpRequest): Promise<unknown> {
    const context = this.#context;
    const signal = AbortSignal.any([
      request.signal,
      AbortSignal.timeout(context.timeoutMs),
    ]);
    let text: string;
    let refusal: SourceError | undefined;
    try {
      const response = await this.#send(request, signal);
      const { status } = response;
      if (!response.ok && request.refusals?.includes(status)) {
        refusal = describeStatus({ status, context });
      } else if (!response.ok) {
        const retryAfterMs = readRetryAfter(
          response.headers.get('retry-after') ??
            // Seconds until a budget is full again, as PagerDuty says it.
            (status === 429 ? response.headers.get('ratelimit-reset') : null),
          Date.now(),
        );
        await discardBody(response);
        throw describeStatus({ status, retryAfterMs, context });
      }
      text = await readBody(response, context.maxBytes);
    } catch (error) {
      throw isSourceError(error)
        ? error
        : describeBroken(signal.aborted ? signal.reason : error, context);
    }
    try {
      return JSON.parse(text);
    } catch {
      throw refusal ?? describeText(text, context);
    }
  }

  async #send(request: HttpRequest, signal: AbortSignal): Promise<Response> {
    const { method = 'GET', headers } = request;
    const { type, body } = bodyOf(request);
    let url = new URL(`${this.#base}${request.path}`);
    for (const [key, value] of Object.entries(request.query ?? {})) {
      for (const each of value === undefined ? [] : [value].flat()) {
        url.searchParams.append(key, each);
      }
    }
    for (let hops = 0; ; hops += 1) {
      const response = await fetch(url, {
        method,
        redirect: 'manual',
        signal,
        headers: {
          accept: 'application/json',
          ...(type === undefined ? {} : { 'content-type': type }),
          ...headers,
        },
        body,
      });
      if (response.status < 300 || response.status > 399) {
        return response;
      }
      await discardBody(response);
      const location = response.headers.get('location');
      const next = location && URL.canParse(location, url.href);
      const target = next ? new URL(location, url) : undefined;
      if (
        target?.origin !== url.origin ||
        method !== 'GET' ||
        hops >= MAX_REDIRECTS
      ) {
        throw describeRedirect(location, this.#context);
      }
      url = target;
    }
  }
}

function bodyOf({ body, form }: HttpRequest): { type?: string; body?: string } {
  if (form) {
    const type = 'application/x-www-form-urlencoded';
    return { type, body: new URLSearchParams(form).toString() };
  }
  return body === undefined
    ? {}
    : { type: 'application/json', body: JSON.stringify(body) };
}

/** Whether the same request may well be answered in a moment. */
function mayPass(error: unknown): boolean {
  if (!isSourceError(error)) {
    return false;
  }
  if (error.code === 'rate-limited' || error.code === 'unreachable') {
    const wait = error.retryAfterMs;
    // A named wait is kept by the hub; a short one is within the back-off.
    return wait === undefined && error.status !== 501;
  }
  return false;
}
