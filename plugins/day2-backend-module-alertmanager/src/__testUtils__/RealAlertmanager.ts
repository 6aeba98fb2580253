import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const START_MS = 30_000;

/** Where the program is, as `npm test` says it; undefined where it has none. */
export const alertmanagerProgram = process.env.DAY2_TEST_ALERTMANAGER;

/** A true Alertmanager that is told where to deliver once it runs. */
export class RealAlertmanager {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(options: {
    url: string;
    child: ChildProcess;
    folder: string;
  }) {
    this.url = options.url;
    this.#child = options.child;
    this.#folder = options.folder;
  }

  static async start(): Promise<RealAlertmanager> {
    const folder = await mkdtemp(join(tmpdir(), 'day2-alertmanager-'));
    await writeFile(join(folder, 'config.yml'), configOf());
    const port = await freePort();
    const child = spawn(
      alertmanagerProgram!,
      [
        `--config.file=${join(folder, 'config.yml')}`,
        `--storage.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--cluster.listen-address=',
      ],
      { stdio: 'ignore' },
    );
    const url = `http://127.0.0.1:${port}`;
    const alertmanager = new RealAlertmanager({ url, child, folder });
    try {
      await alertmanager.#ready();
    } catch (error) {
      await alertmanager.stop();
      throw error;
    }
    return alertmanager;
  }

  /** Has it deliver from now on. */
  async deliverTo(webhook: { url: string; token: string }): Promise<void> {
    await writeFile(join(this.#folder, 'config.yml'), configOf(webhook));
    await this.#call('POST', '/-/reload');
  }

  /** As Prometheus sends an alert. */
  async sendAlert(alert: {
    labels: Record<string, string>;
    annotations?: Record<string, string>;
    /** ISO instants. */
    startsAt: string;
    endsAt?: string;
  }): Promise<void> {
    await this.#call('POST', '/api/v2/alerts', [
      { generatorURL: 'http://prometheus.example/graph', ...alert },
    ]);
  }

  /** @returns its id */
  async silence(options: {
    label: string;
    value: string;
    comment: string;
    endsAt: string;
  }): Promise<string> {
    const answer = await this.#call('POST', '/api/v2/silences', {
      matchers: [{ name: options.label, value: options.value, isRegex: false }],
      startsAt: new Date().toISOString(),
      endsAt: options.endsAt,
      createdBy: 'ana',
      comment: options.comment,
    });
    return (JSON.parse(answer) as { silenceID: string }).silenceID;
  }

  async unsilence(id: string): Promise<void> {
    await this.#call('DELETE', `/api/v2/silence/${id}`);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, 'exit');
      this.#child.kill();
      await ended;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #call(method: string, path: string, body?: unknown): Promise<string> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    }
    return text;
  }

  async #ready(): Promise<void> {
    const until = Date.now() + START_MS;
    for (;;) {
      const answer = await fetch(`${this.url}/-/ready`).catch(() => undefined);
      if (answer?.ok) {
        return;
      }
      if (this.#child.exitCode !== null || Date.now() > until) {
        throw new Error('Alertmanager did not start');
      }
      await wait(50);
    }
  }
}

/** As docs/alertmanager.md has it, but quicker. */
function configOf(webhook?: { url: string; token: string }): string {
  return `route:
  receiver: day2
  group_by: [alertname, service]
  group_wait: 100ms
  group_interval: 200ms
  repeat_interval: 1h
receivers:
  - name: day2
${
  webhook
    ? `    webhook_configs:
      - url: ${webhook.url}
        send_resolved: true
        http_config:
          authorization:
            credentials: ${webhook.token}
`
    : ''
}`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
