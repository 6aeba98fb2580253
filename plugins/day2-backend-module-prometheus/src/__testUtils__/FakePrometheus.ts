import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What is answered to a query, with status 200 unless it says another. */
export type FakeAnswer = { status?: number; body: unknown };

/** One request, as it came. */
export interface FakeRequest {
  path: string;
  headers: Record<string, string | string[] | undefined>;
  form: Record<string, string>;
}

/**
 * `query_range` of Prometheus as far as it is asked: numbers of a query at each
 * step, by functions that the test gives.
 */
export class FakePrometheus {
  /** Number of a query at an instant (epoch seconds), as text; no sample where undefined. */
  readonly series = new Map<string, (at: number) => string | undefined>();
  /** What is answered instead, by query. */
  readonly sick = new Map<string, (form: FakeRequest['form']) => FakeAnswer>();
  /** What is answered to who asks for rules. */
  rules: FakeAnswer = {
    body: { status: 'success', data: { groups: [] } },
  };
  readonly requests: FakeRequest[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', chunk => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const form = Object.fromEntries(new URLSearchParams(body));
        this.requests.push({
          path: `${request.method} ${request.url}`,
          headers: request.headers,
          form,
        });
        const { status = 200, body: answer } = request.url?.startsWith(
          '/api/v1/rules?',
        )
          ? this.rules
          : this.#answer(form);
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(
          typeof answer === 'string' ? answer : JSON.stringify(answer),
        );
      });
    });
  }

  static async start(): Promise<FakePrometheus> {
    const fake = new FakePrometheus();
    await new Promise<void>(resolve => {
      fake.#server.listen(0, '127.0.0.1', resolve);
    });
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Queries asked, in their order. */
  get queries(): string[] {
    return this.requests.map(({ form }) => form.query);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  #answer(form: FakeRequest['form']): FakeAnswer {
    const sick = this.sick.get(form.query);
    if (sick) {
      return sick(form);
    }
    const series = this.series.get(form.query);
    const values: [number, string][] = [];
    for (
      let at = Number(form.start);
      at <= Number(form.end);
      at += Number(form.step)
    ) {
      const value = series?.(at);
      if (value !== undefined) {
        values.push([at, value]);
      }
    }
    return answerOf(values.length === 0 ? [] : [{ metric: {}, values }]);
  }
}

/** A whole answer of these series. */
export function answerOf(result: unknown[], more: object = {}): FakeAnswer {
  return {
    body: {
      status: 'success',
      data: { resultType: 'matrix', result },
      ...more,
    },
  };
}

/** A refusal as Prometheus words it. */
export function refusalOf(
  status: number,
  errorType: string,
  error: string,
): FakeAnswer {
  return { status, body: { status: 'error', errorType, error } };
}
