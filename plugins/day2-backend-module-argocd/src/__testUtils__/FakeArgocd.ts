import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** An application in whole, as the API has it. */
export type RawApplication = {
  metadata: Record<string, unknown> & { name: string; namespace: string };
  spec: Record<string, unknown>;
  status?: Record<string, unknown>;
  operation?: Record<string, unknown>;
};

/** The only fields that a list can be asked for. */
const selectable = [
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
  'metadata.labels',
  'metadata.creationTimestamp',
  'metadata.deletionTimestamp',
  'spec',
  'status.summary',
  'status.sync.status',
  'status.sync.revision',
  'status.health',
  'status.operationState.startedAt',
  'status.operationState.finishedAt',
  'status.operationState.phase',
  'status.operationState.operation.sync',
  'status.resources',
  'operation.sync',
];

interface Answer {
  status: number;
  body: unknown;
}

/**
 * Argo CD's API as far as it is read: sessions, the list with its whitelist of
 * fields, single applications with its way of saying 403 and 404.
 */
export class FakeArgocd {
  readonly apps: RawApplication[] = [];
  /** Method, path and query of all requests. */
  readonly requests: string[] = [];
  /** Users and their passwords. */
  readonly users = new Map<string, string>();
  /** Tokens that are let in; all, where there are none. */
  readonly tokens = new Set<string>();
  /** Of the sessions it gives out. */
  sessionSeconds = 24 * 60 * 60;
  /** What the account may read. */
  mayRead: (app: {
    project: string;
    namespace: string;
    name: string;
  }) => boolean = () => true;
  /** Names whose reading ends in an error of the server. */
  readonly broken = new Set<string>();
  /** Names whose reading is answered so. */
  readonly sick = new Map<string, (response: ServerResponse) => void>();
  /** How the list is answered instead. */
  list?: (response: ServerResponse) => void;
  readonly #server: Server;
  #sessions = 0;

  private constructor() {
    this.#server = createServer(async (request, response) => {
      const name = /\/applications\/([^/?]+)/.exec(request.url ?? '')?.[1];
      const sick =
        name === undefined && request.url?.startsWith('/api/v1/applications?')
          ? this.list
          : this.sick.get(name ?? '');
      if (sick) {
        this.requests.push(`${request.method} ${request.url}`);
        sick(response);
        return;
      }
      const { status, body } = await this.#answer(request);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  }

  static async start(): Promise<FakeArgocd> {
    const fake = new FakeArgocd();
    await new Promise<void>(resolve => {
      fake.#server.listen(0, '127.0.0.1', resolve);
    });
    return fake;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const url = new URL(request.url ?? '/', this.url);
    this.requests.push(`${request.method} ${url.pathname}${url.search}`);
    if (request.method === 'POST' && url.pathname === '/api/v1/session') {
      return this.#signIn(JSON.parse(await bodyOf(request)));
    }
    const token = /^Bearer (\S+)$/.exec(
      request.headers.authorization ?? '',
    )?.[1];
    if (!token || (this.tokens.size > 0 && !this.tokens.has(token))) {
      return failure(401, 16, 'invalid session: token is expired');
    }
    if (url.pathname === '/api/v1/applications') {
      return this.#list(url.searchParams);
    }
    const name = /^\/api\/v1\/applications\/([^/]+)$/.exec(url.pathname)?.[1];
    return name
      ? this.#get(decodeURIComponent(name), url.searchParams)
      : failure(404, 5, 'Not Found');
  }

  #signIn(body: { username: string; password: string }): Answer {
    if (this.users.get(body.username) !== body.password) {
      return failure(401, 16, 'Invalid username or password');
    }
    this.#sessions += 1;
    const claims = {
      jti: this.#sessions,
      exp: Math.floor(Date.now() / 1000) + this.sessionSeconds,
    };
    const token = `h.${Buffer.from(JSON.stringify(claims)).toString(
      'base64url',
    )}.s`;
    this.tokens.add(token);
    return { status: 200, body: { token } };
  }

  #list(query: URLSearchParams): Answer {
    const projects = query.getAll('projects');
    const labels = (query.get('selector') ?? '').split(',').filter(Boolean);
    const found = this.apps.filter(
      app =>
        this.mayRead(idOf(app)) &&
        (projects.length === 0 || projects.includes(idOf(app).project)) &&
        labels.every(label => {
          const [key, value] = label.split('=');
          return (
            (app.metadata.labels as Record<string, string>)?.[key] === value
          );
        }),
    );
    const fields = query.get('fields')?.split(',');
    const items = fields
      ? found.map(app => select(app, fields))
      : (found as unknown[]);
    return {
      status: 200,
      body: {
        items: items.length > 0 ? items : null,
        metadata: { resourceVersion: '1' },
      },
    };
  }

  #get(name: string, query: URLSearchParams): Answer {
    const namespace = query.get('appNamespace') || 'argocd';
    const project = query.get('project');
    if (this.broken.has(name)) {
      return failure(500, 13, 'error getting cached app state');
    }
    const app = this.apps.find(
      each =>
        each.metadata.name === name && each.metadata.namespace === namespace,
    );
    const denied = failure(403, 7, 'permission denied');
    if (project && !this.mayRead({ project, namespace, name })) {
      return denied;
    }
    const none = project
      ? failure(404, 5, `applications.argoproj.io "${name}" not found`)
      : denied;
    if (!app || !this.mayRead(idOf(app))) {
      return none;
    }
    return project && idOf(app).project !== project
      ? none
      : { status: 200, body: app };
  }
}

function idOf({ metadata, spec }: RawApplication) {
  const { name, namespace } = metadata;
  return { name, namespace, project: String(spec.project ?? 'default') };
}

function select(app: RawApplication, fields: string[]): unknown {
  const item = {};
  for (const field of selectable) {
    if (fields.includes(`items.${field}`)) {
      copy(app, item, field.split('.'));
    }
  }
  return item;
}

function copy(
  from: Record<string, any> | undefined,
  to: Record<string, any>,
  [first, ...rest]: string[],
): void {
  const value = from?.[first];
  if (value === undefined) {
    return;
  }
  if (rest.length === 0) {
    to[first] = value;
    return;
  }
  to[first] ??= {};
  copy(value, to[first], rest);
}

function failure(status: number, code: number, message: string): Answer {
  return { status, body: { error: message, code, message } };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString();
}
