import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { Company, type Raw } from './Company';

interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

const DAY_MS = 86_400_000;

/**
 * PagerDuty's REST API as far as it is read, with its limits: pages end at
 * 10,000, a range without both ends is a month, more than six are refused.
 */
export class FakePagerduty {
  readonly company = new Company();
  /** Path and query of all requests. */
  readonly requests: string[] = [];
  /** Headers of the last request. */
  headers: IncomingMessage['headers'] = {};
  /** Keys that are let in; all, where there are none. */
  readonly tokens = new Set<string>();
  /** Paths that are answered so, without the query. */
  readonly sick = new Map<string, (response: ServerResponse) => void>();
  /** Its clock: epoch milliseconds. */
  now = () => Date.now();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', this.url);
      this.requests.push(`${url.pathname}${url.search}`);
      this.headers = request.headers;
      const sick = this.sick.get(url.pathname);
      if (sick) {
        sick(response);
        return;
      }
      const { status, body, headers } = this.#answer(request, url);
      response.writeHead(status, {
        'content-type': 'application/json',
        ...headers,
      });
      response.end(JSON.stringify(body));
    });
  }

  static async start(): Promise<FakePagerduty> {
    const fake = new FakePagerduty();
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

  /** Requests to a path, without the query; it begins with this. */
  asked(path: string): string[] {
    return this.requests.filter(each => each.startsWith(path));
  }

  #answer(request: IncomingMessage, url: URL): Answer {
    const token = /^Token token=(\S+)$/.exec(
      request.headers.authorization ?? '',
    )?.[1];
    if (!token || (this.tokens.size > 0 && !this.tokens.has(token))) {
      return failure(401, 2006, 'Invalid Input Provided');
    }
    const query = url.searchParams;
    const { company } = this;
    const one = /^\/incidents\/([^/]+)(\/.*)?$/.exec(url.pathname);
    if (one) {
      return this.#one(decodeURIComponent(one[1]), one[2] ?? '', query);
    }
    switch (url.pathname) {
      case '/services':
        return page('services', company.services, query);
      case '/users':
        return page('users', company.users, query);
      case '/oncalls':
        return page('oncalls', company.onCalls, query);
      case '/incidents':
        return this.#incidents(query);
      case '/log_entries':
        return this.#log(company.log, query);
      default:
        return failure(404, 2100, 'Not Found');
    }
  }

  #incidents(query: URLSearchParams): Answer {
    const statuses = query.getAll('statuses[]');
    const range = this.#range(query);
    if (!range) {
      return failure(400, 2001, 'Invalid Input Provided');
    }
    const found = this.company.incidents
      .filter(
        each =>
          (statuses.length === 0 || statuses.includes(each.status)) &&
          (query.get('date_range') === 'all' || isWithin(each, range)),
      )
      .sort((a, b) => msOf(a) - msOf(b));
    return page('incidents', found, query);
  }

  #log(entries: Raw[], query: URLSearchParams): Answer {
    const range = this.#range(query);
    if (!range) {
      return failure(400, 2001, 'Invalid Input Provided');
    }
    const found = entries
      .filter(each => isWithin(each, range))
      .reverse()
      .sort((a, b) => msOf(b) - msOf(a));
    return page('log_entries', found.map(withoutContent(query)), query);
  }

  #one(id: string, rest: string, query: URLSearchParams): Answer {
    const incident = this.company.incidents.find(each => each.id === id);
    if (!incident) {
      return failure(404, 2100, 'Not Found');
    }
    switch (rest) {
      case '':
        return { status: 200, body: { incident } };
      case '/log_entries': {
        const found = this.company.log
          .filter(each => each.incident.id === id)
          .reverse()
          .sort((a, b) => msOf(b) - msOf(a));
        return page('log_entries', found.map(withoutContent(query)), query);
      }
      case '/custom_fields/values':
        return {
          status: 200,
          body: { custom_fields: this.company.fields.get(id) ?? [] },
        };
      default:
        return failure(404, 2100, 'Not Found');
    }
  }

  #range(query: URLSearchParams): { from: number; to: number } | undefined {
    const [since, until] = [query.get('since'), query.get('until')];
    const end = since ? Date.parse(since) + 30 * DAY_MS : this.now();
    const to = until ? Date.parse(until) : end;
    const from = since ? Date.parse(since) : to - 30 * DAY_MS;
    return to - from <= 184 * DAY_MS ? { from, to } : undefined;
  }
}

/** PagerDuty writes instants with whole seconds, and compares them so. */
function isWithin(each: Raw, range: { from: number; to: number }): boolean {
  const ms = msOf(each);
  return ms >= range.from && ms < range.to;
}

const parsed = new Map<string, number>();

/** Each text is read once: there are thousands of objects, and many requests. */
function msOf({ created_at: text }: Raw): number {
  const ms = parsed.get(text) ?? Date.parse(text);
  parsed.set(text, ms);
  return ms;
}

/** Texts of notes come with `include[]=channels` alone; else they are cut. */
function withoutContent(query: URLSearchParams) {
  const isWhole = query.getAll('include[]').includes('channels');
  return (entry: Raw): Raw => {
    const { content, ...channel } = entry.channel ?? {};
    return isWhole || content === undefined
      ? entry
      : { ...entry, channel: { ...channel, summary: content.slice(0, 20) } };
  };
}

function page(key: string, all: Raw[], query: URLSearchParams): Answer {
  const limit = Math.min(100, Number(query.get('limit') ?? 25));
  const offset = Number(query.get('offset') ?? 0);
  if (offset + limit > 10_000) {
    return failure(
      400,
      2002,
      'Arguments Caused Error',
      'Offset+limit exceeds maximum allowed value of 10000.',
    );
  }
  return {
    status: 200,
    body: {
      [key]: all.slice(offset, offset + limit),
      limit,
      offset,
      total: null,
      more: offset + limit < all.length,
    },
  };
}

function failure(
  status: number,
  code: number,
  message: string,
  ...errors: string[]
): Answer {
  return { status, body: { error: { message, code, errors } } };
}
