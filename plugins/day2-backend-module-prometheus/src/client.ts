import {
  HttpClient,
  isSourceError,
  SourceError,
} from '@day2/backstage-plugin-day2-node';
import type { InstanceConfig } from './config';
import { RangeAnswer, Refusal, RulesAnswer } from './schema';
import { withoutSecrets } from './withoutSecrets';

const MAX_BYTES = 16_000_000;

/** Statuses with which one query is refused, not all of them. */
const REFUSALS = [400, 422, 503];

/** What it answered, or why it refuses this query. */
export type Answered =
  | { answer: RangeAnswer }
  | {
      problem: string;
      /** It may answer a shorter range. */
      isHeavy: boolean;
    };

/** Speaks with one Prometheus, or what has its API. */
export class PrometheusClient {
  readonly #config: InstanceConfig;
  readonly #http: HttpClient;
  readonly #timeoutMs: number;

  private constructor(options: {
    config: InstanceConfig;
    timeoutMs?: number;
    attempts?: number;
  }) {
    this.#config = options.config;
    this.#timeoutMs = options.timeoutMs ?? 30_000;
    this.#http = HttpClient.create({
      tool: 'Prometheus',
      baseUrl: options.config.url,
      timeoutMs: this.#timeoutMs,
      attempts: options.attempts,
      maxBytes: MAX_BYTES,
      // It answers its dashboards and rules first.
      concurrency: 4,
      perSecond: 40,
    });
  }

  static create(options: {
    config: InstanceConfig;
    /** Of one request. */
    timeoutMs?: number;
    /** Tries of one request. */
    attempts?: number;
  }): PrometheusClient {
    return new PrometheusClient(options);
  }

  /**
   * A query evaluated at each step from the first instant to the last.
   *
   * @throws SourceError where it can be asked nothing
   */
  async range(options: {
    query: string;
    /** Epoch seconds. */
    start: number;
    end: number;
    step: number;
    signal: AbortSignal;
  }): Promise<Answered> {
    const { query, start, end, step, signal } = options;
    try {
      const told = await this.#http.json({
        path: '/api/v1/query_range',
        method: 'POST',
        form: {
          query,
          start: String(start),
          end: String(end),
          step: String(step),
          // It gives up before we do, and can say so.
          timeout: `${Math.max(1, Math.floor(this.#timeoutMs / 1250))}s`,
          // Of Thanos, and of VictoriaMetrics: all of it or an error.
          partial_response: 'false',
          deny_partial_response: '1',
        },
        headers: this.#config.headers,
        refusals: REFUSALS,
        signal,
      });
      return this.#read(told);
    } catch (error) {
      throw isSourceError(error) ? this.#withFix(error) : error;
    }
  }

  /**
   * Groups of rules of alerts.
   *
   * @throws SourceError where it says none
   */
  async rules(options: {
    signal: AbortSignal;
  }): Promise<RulesAnswer['data']['groups']> {
    try {
      const told = await this.#http.json({
        path: '/api/v1/rules',
        query: { type: 'alert', partial_response: 'false' },
        headers: this.#config.headers,
        refusals: REFUSALS,
        signal: options.signal,
      });
      const answer = RulesAnswer.safeParse(told);
      if (answer.success) {
        return answer.data.data.groups;
      }
      const { problem } = this.#readRefusal(told, 'list of rules');
      throw new SourceError({ code: 'bad-answer', message: problem });
    } catch (error) {
      throw isSourceError(error) ? this.#withFix(error) : error;
    }
  }

  #read(told: unknown): Answered {
    const answer = RangeAnswer.safeParse(told);
    if (!answer.success) {
      return this.#readRefusal(told, 'series of numbers');
    }
    const warnings = answer.data.warnings?.map(text =>
      withoutSecrets(text, this.#config.secrets),
    );
    return { answer: { ...answer.data, warnings } };
  }

  #readRefusal(
    told: unknown,
    what: string,
  ): { problem: string; isHeavy: boolean } {
    const refusal = Refusal.safeParse(told);
    if (!refusal.success) {
      throw new SourceError({
        code: 'bad-answer',
        message: `Prometheus at ${
          this.#config.url
        } answered with something that is no ${what}.`,
        fix: 'Check that the url is that of Prometheus, without /api/v1, with the sub-path it is served under, if any.',
      });
    }
    const { errorType, error } = refusal.data;
    const text = withoutSecrets(error, this.#config.secrets);
    if (/unavailable|internal|canceled|^5\d\d$/.test(errorType)) {
      throw new SourceError({
        code: 'unreachable',
        message: `Prometheus at ${this.#config.url} cannot answer now: ${text}`,
        fix: 'It is tried again by itself. If it stays, look at the log of the server and of what stands before it.',
      });
    }
    return {
      problem: `Prometheus refuses its query: ${text}`,
      isHeavy: errorType !== 'bad_data' || /exceed|limit|too /i.test(error),
    };
  }

  #withFix(error: SourceError): SourceError {
    const fixes: Record<number, string> = {
      401: 'Check token, or username and password, in day2.prometheus. Where there are tenants: headers with X-Scope-OrgID.',
      403: 'Let the account read metrics. Where there are tenants: headers with X-Scope-OrgID of one it may read.',
      404: 'The url must be what stands before /api/v1: of Mimir and Cortex usually with /prometheus, of a VictoriaMetrics cluster with /select/0/prometheus.',
      405: 'What stands before it lets no POST through: allow POST to /api/v1/query_range, which only reads.',
    };
    const fix = fixes[error.status ?? 0];
    const { code, message, retryAfterMs, status } = error;
    return fix
      ? new SourceError({ code, message, retryAfterMs, status, fix })
      : error;
  }
}
