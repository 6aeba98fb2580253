import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const START_MS = 30_000;

/** Where the programs are, as `npm test` says it; nothing where it has none. */
export const programs = {
  prometheus: process.env.DAY2_TEST_PROMETHEUS,
  promtool: process.env.DAY2_TEST_PROMTOOL,
};

/** A true Prometheus that scrapes nothing and has what it was given. */
export class RealPrometheus {
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

  /** @param options - `openMetrics`: text of the samples, with their times */
  static async start(options: {
    openMetrics: string;
    /** Rules in YAML, evaluated each second. */
    rules?: string;
    /** More of its flags. */
    flags?: string[];
  }): Promise<RealPrometheus> {
    const folder = await mkdtemp(join(tmpdir(), 'day2-prometheus-'));
    const [samples, data, config, rules] = [
      'samples',
      'data',
      'config.yml',
      'rules.yml',
    ].map(name => join(folder, name));
    await writeFile(samples, options.openMetrics);
    await writeFile(rules, options.rules ?? 'groups: []\n');
    await writeFile(
      config,
      [
        'scrape_configs: []',
        'global: { evaluation_interval: 1s }',
        `rule_files: [${JSON.stringify(rules)}]`,
      ].join('\n'),
    );
    await run(programs.promtool!, [
      'tsdb',
      'create-blocks-from',
      // Hidden, and first: without it each block of two hours reads all again.
      '--max-block-duration=744h',
      'openmetrics',
      samples,
      data,
    ]);
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const child = spawn(
      programs.prometheus!,
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${data}`,
        '--storage.tsdb.retention.time=100y',
        `--web.listen-address=127.0.0.1:${port}`,
        ...(options.flags ?? []),
      ],
      { stdio: 'ignore' },
    );
    const server = new RealPrometheus({ url, child, folder });
    try {
      await server.#ready();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** One query at one instant (epoch milliseconds), asked directly. */
  async valueAt(query: string, at: number): Promise<number | undefined> {
    const address = new URL(`${this.url}/api/v1/query`);
    address.search = new URLSearchParams({
      query,
      time: String(at / 1000),
    }).toString();
    const answer = await (await fetch(address)).json();
    const text = answer.data.result[0]?.value[1];
    return text === undefined ? undefined : Number(text);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, 'exit');
      this.#child.kill();
      await ended;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #ready(): Promise<void> {
    const until = Date.now() + START_MS;
    for (;;) {
      const answer = await fetch(`${this.url}/-/ready`).catch(() => undefined);
      if (answer?.ok) {
        return;
      }
      if (this.#child.exitCode !== null || Date.now() > until) {
        throw new Error('Prometheus did not start');
      }
      await wait(50);
    }
  }
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
