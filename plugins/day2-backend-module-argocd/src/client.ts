import {
  HttpClient,
  isSourceError,
  SourceError,
  type HttpRequest,
} from '@day2/backstage-plugin-day2-node';
import type { InstanceConfig } from './config';
import { ApplicationList } from './schema';
import { Session } from './Session';

/** All that tells whether an application has moved; Argo CD selects these and no others. */
const fields = [
  'metadata.name',
  'metadata.namespace',
  'metadata.labels',
  'metadata.creationTimestamp',
  'metadata.deletionTimestamp',
  'spec',
  'operation.sync',
  'status.sync.status',
  'status.sync.revision',
  'status.health',
  'status.operationState.startedAt',
  'status.operationState.finishedAt',
  'status.operationState.phase',
  'status.summary',
  'status.resources',
]
  .map(field => `items.${field}`)
  .join(',');

const IMPATIENT_MS = 8_000;

/** Speaks with one Argo CD. */
export class ArgocdClient {
  readonly #config: InstanceConfig;
  readonly #http: HttpClient;
  /** For what is known to fail: asked once, and not waited for long. */
  readonly #impatient: HttpClient;
  readonly #session: Session;

  private constructor(options: { config: InstanceConfig; timeoutMs?: number }) {
    this.#config = options.config;
    const { timeoutMs = 30_000 } = options;
    const tool = { tool: 'Argo CD', baseUrl: options.config.url };
    this.#http = HttpClient.create({ ...tool, timeoutMs });
    this.#impatient = HttpClient.create({
      ...tool,
      timeoutMs: Math.min(timeoutMs, IMPATIENT_MS),
      attempts: 1,
    });
    this.#session = Session.create({
      credentials: options.config.credentials,
      http: this.#http,
    });
  }

  static create(options: {
    config: InstanceConfig;
    /** Of one request; for tests. */
    timeoutMs?: number;
  }): ArgocdClient {
    return new ArgocdClient(options);
  }

  /** Items of the list, each with the selected fields. @throws SourceError */
  async list(signal: AbortSignal): Promise<unknown[]> {
    const { projects, selector } = this.#config;
    const answer = ApplicationList.safeParse(
      await this.#get({
        path: '/api/v1/applications',
        query: { fields, projects, selector },
        signal,
      }),
    );
    if (!answer.success) {
      throw new SourceError({
        code: 'bad-answer',
        message: `Argo CD at ${
          this.#config.url
        } answered with something that is no list of applications.`,
        fix: 'Check that the url is that of Argo CD, with the sub-path it is served under, if any.',
      });
    }
    return answer.data.items;
  }

  /**
   * One application in whole.
   *
   * @remarks With its project Argo CD tells "there is none" (404) from "you may
   * not see it" (403); without, it says 403 of both.
   * @throws SourceError with its status
   */
  async get(options: {
    name: string;
    namespace?: string;
    project?: string;
    /** It failed before: it is asked once, for 8 s. */
    failing?: boolean;
    signal: AbortSignal;
  }): Promise<unknown> {
    const request = {
      path: `/api/v1/applications/${encodeURIComponent(options.name)}`,
      query: { appNamespace: options.namespace, project: options.project },
      signal: options.signal,
    };
    return await this.#get(
      request,
      options.failing ? this.#impatient : this.#http,
    );
  }

  async #get(request: HttpRequest, http = this.#http): Promise<unknown> {
    try {
      const token = await this.#session.token(request.signal, Date.now());
      try {
        return await this.#send(http, request, token);
      } catch (error) {
        if (
          !isSourceError(error) ||
          error.status !== 401 ||
          !this.#session.renew(token)
        ) {
          throw error;
        }
      }
      return await this.#send(
        http,
        request,
        await this.#session.token(request.signal, Date.now()),
      );
    } catch (error) {
      throw isSourceError(error) ? this.#withFix(error) : error;
    }
  }

  async #send(
    http: HttpClient,
    request: HttpRequest,
    token: string,
  ): Promise<unknown> {
    return await http.json({
      ...request,
      headers: { authorization: `Bearer ${token}` },
    });
  }

  #withFix(error: SourceError): SourceError {
    const isToken = 'token' in this.#config.credentials;
    const fixes: Record<number, string> = {
      401: isToken
        ? 'The token is wrong, revoked or expired. Make a new one: argocd account generate-token --account <account>, and put it into token.'
        : 'Check username and password, that the account may log in, and that it is not locked after too many failures.',
      403: 'Let the account read applications: p, <account>, applications, get, */*, allow in argocd-rbac-cm. docs/argocd.md shows it in whole.',
      404: 'The url must be that of Argo CD itself, with the sub-path of --rootpath, if any.',
    };
    const fix = fixes[error.status ?? 0];
    const { code, message, retryAfterMs, status } = error;
    return fix
      ? new SourceError({ code, message, retryAfterMs, status, fix })
      : error;
  }
}
