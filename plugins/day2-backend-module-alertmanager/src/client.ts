import {
  HttpClient,
  isSourceError,
  SourceError,
} from '@day2/backstage-plugin-day2-node';
import type { InstanceConfig } from './config';
import { List, Status } from './schema';

/** Speaks with one Alertmanager. */
export class AlertmanagerClient {
  readonly #config: InstanceConfig;
  readonly #http: HttpClient;

  private constructor(options: { config: InstanceConfig; timeoutMs?: number }) {
    this.#config = options.config;
    this.#http = HttpClient.create({
      tool: 'Alertmanager',
      baseUrl: options.config.url,
      timeoutMs: options.timeoutMs ?? 30_000,
    });
  }

  static create(options: {
    config: InstanceConfig;
    /** Of one request; for tests. */
    timeoutMs?: number;
  }): AlertmanagerClient {
    return new AlertmanagerClient(options);
  }

  /** Alerts that have not ended, those it tells nobody of too. @throws SourceError */
  async alerts(signal: AbortSignal): Promise<unknown[]> {
    return await this.#list('/api/v2/alerts', signal, {
      active: 'true',
      silenced: 'true',
      inhibited: 'true',
      unprocessed: 'true',
    });
  }

  /** Silences, those that are over too. @throws SourceError */
  async silences(signal: AbortSignal): Promise<unknown[]> {
    return await this.#list('/api/v2/silences', signal);
  }

  /**
   * When it was started, by its own clock: epoch milliseconds.
   *
   * @returns undefined where it does not say
   * @throws SourceError
   */
  async startedAt(signal: AbortSignal): Promise<number | undefined> {
    try {
      const answer = await this.#get('/api/v2/status', signal);
      return Status.safeParse(answer).data?.uptime;
    } catch (error) {
      // What stands before it may let through the two lists alone.
      if (isSourceError(error) && [403, 404].includes(error.status ?? 0)) {
        return undefined;
      }
      throw error;
    }
  }

  async #get(
    path: string,
    signal: AbortSignal,
    query?: Record<string, string>,
  ): Promise<unknown> {
    try {
      const { headers } = this.#config;
      return await this.#http.json({ path, query, headers, signal });
    } catch (error) {
      throw isSourceError(error) ? this.#withFix(error) : error;
    }
  }

  async #list(
    path: string,
    signal: AbortSignal,
    query?: Record<string, string>,
  ): Promise<unknown[]> {
    const list = List.safeParse(await this.#get(path, signal, query));
    if (!list.success) {
      throw new SourceError({
        code: 'bad-answer',
        message: `Alertmanager at ${
          this.#config.url
        } answered with something that is no list.`,
        fix: 'Check that the url is that of Alertmanager, with the path before /api/v2, if any.',
      });
    }
    return list.data;
  }

  #withFix(error: SourceError): SourceError {
    const entry = `the entry ${
      this.#config.name
    } of day2.alertmanager.instances`;
    const fixes: Record<number, string> = {
      401: `Check token, or username and password, in ${entry}.`,
      403: `Let the account of ${entry} read /api/v2/alerts and /api/v2/silences.`,
      404: `Check the url in ${entry}: with the path before /api/v2, if any; Alertmanager 0.16 or newer.`,
    };
    return new SourceError({
      code: error.code,
      message: error.message,
      fix: fixes[error.status ?? 0] ?? error.fix,
      retryAfterMs: error.retryAfterMs,
      status: error.status,
    });
  }
}
