import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An alert as `/api/v2/alerts` has it. */
export interface RawAlert {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  startsAt: string;
  endsAt: string;
  updatedAt: string;
  fingerprint: string;
  generatorURL?: string;
  receivers: { name: string }[];
  status: { state: string; silencedBy: string[]; inhibitedBy: string[] };
}

/** What is read of Alertmanager's API. */
export class FakeAlertmanager {
  alerts: RawAlert[] = [];
  silences: Record<string, unknown>[] = [];
  /** ISO instant; without it, it does not say. */
  startedAt: string | undefined = '2026-11-19T10:00:00.000Z';
  /** Called as the list of alerts is asked for. */
  onAlerts: (() => void) | undefined;
  /** Paths of all requests. */
  readonly requests: string[] = [];
  readonly headers: Record<string, unknown>[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', this.url);
      this.requests.push(pathname);
      this.headers.push(request.headers);
      if (pathname === '/api/v2/alerts') {
        this.onAlerts?.();
      }
      const body = {
        '/api/v2/alerts': this.alerts,
        '/api/v2/silences': this.silences,
        '/api/v2/status': this.startedAt && { uptime: this.startedAt },
      }[pathname];
      response.writeHead(body ? 200 : 404, {
        'content-type': 'application/json',
      });
      response.end(JSON.stringify(body ?? { code: 404 }));
    });
  }

  static async start(): Promise<FakeAlertmanager> {
    const fake = new FakeAlertmanager();
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
}

const start = Date.parse('2026-11-20T10:00:00.000Z');

/** An alert that fires, the `n`th of its name. */
export function rawAlert(n: number, more: Partial<RawAlert> = {}): RawAlert {
  const at = (seconds: number) =>
    new Date(start + (n * 60 + seconds) * 1000).toISOString();
  return {
    labels: {
      alertname: 'HighErrorRate',
      service: `service-${n}`,
      severity: 'critical',
      environment: 'production',
    },
    annotations: { summary: `Errors of service-${n}` },
    startsAt: at(0),
    updatedAt: at(5),
    endsAt: at(245),
    fingerprint: n.toString(16).padStart(16, '0'),
    receivers: [{ name: 'day2' }],
    status: { state: 'active', silencedBy: [], inhibitedBy: [] },
    ...more,
  };
}
