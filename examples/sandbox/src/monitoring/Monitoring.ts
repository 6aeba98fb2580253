import { mkdir, writeFile } from 'fs/promises';
import { join } from 'path';
import { yaml } from '../delivery/yaml';
import type { World } from '../world/World';
import { alertRules } from './alertRules';
import {
  alertmanagerConfiguration,
  prometheusConfiguration,
} from './configuration';
import { fillHistory } from './fillHistory';
import { MonitoringProgram, type ProgramState } from './MonitoringProgram';

/** The real programs, where they are. @public */
export interface MonitoringPrograms {
  prometheus: string;
  promtool: string;
  alertmanager: string;
}

export interface MonitoringStartOptions {
  programs: MonitoringPrograms;
  world: World;
  /** `prometheus/` and `alertmanager/` in it are theirs. */
  directory: string;
  /** Address of the sandbox, scraped at `/metrics`. */
  url: string;
  ports: { prometheus: number; alertmanager: number };
  /** Where Alertmanager tells of alerts; nowhere where absent. */
  webhook?: { url: string; token: string };
  isLive: boolean;
  onProgress: (text: string) => void;
}

/** A tool that is a program of its own beside the sandbox. @public */
export type MonitoringTool = 'prometheus' | 'alertmanager';

/** A real Prometheus that scrapes the sandbox, and a real Alertmanager. */
export class Monitoring {
  readonly #programs: Record<MonitoringTool, MonitoringProgram>;

  private constructor(programs: Record<MonitoringTool, MonitoringProgram>) {
    this.#programs = programs;
  }

  /** @throws Error with their last words where one of them does not start. */
  static async start(options: MonitoringStartOptions): Promise<Monitoring> {
    const { programs, world, ports, onProgress } = options;
    const folder = (tool: MonitoringTool) => join(options.directory, tool);
    await mkdir(folder('prometheus'), { recursive: true });
    await mkdir(folder('alertmanager'), { recursive: true });
    await writeConfiguration(options);
    const data = join(folder('prometheus'), 'data');
    onProgress('Telling Prometheus of the past');
    const days = await fillHistory({
      world,
      promtool: programs.promtool,
      data,
      scratch: join(folder('prometheus'), 'scratch'),
    });
    if (days > 0) {
      onProgress(`Prometheus knows ${days.toFixed(1)} days more`);
    }
    const program = (tool: MonitoringTool, args: string[]): MonitoringProgram =>
      MonitoringProgram.create({
        name: tool === 'prometheus' ? 'Prometheus' : 'Alertmanager',
        command: programs[tool],
        args: [
          ...args,
          `--web.listen-address=127.0.0.1:${ports[tool]}`,
          // Else links to it have the machine's name.
          `--web.external-url=http://localhost:${ports[tool]}/`,
          '--log.level=warn',
        ],
        readyUrl: `http://127.0.0.1:${ports[tool]}/-/ready`,
        log: join(folder(tool), 'log'),
        onProgress,
      });
    const monitoring = new Monitoring({
      prometheus: program('prometheus', [
        `--config.file=${join(folder('prometheus'), 'prometheus.yml')}`,
        `--storage.tsdb.path=${data}`,
        '--storage.tsdb.retention.time=60d',
      ]),
      alertmanager: program('alertmanager', [
        `--config.file=${join(folder('alertmanager'), 'alertmanager.yml')}`,
        `--storage.path=${join(folder('alertmanager'), 'data')}`,
        // One alone: it looks for no others in the network.
        '--cluster.listen-address=',
      ]),
    });
    try {
      await monitoring.#programs.alertmanager.start();
      await monitoring.#programs.prometheus.start();
    } catch (error) {
      await monitoring.stop();
      throw error;
    }
    return monitoring;
  }

  get states(): Record<MonitoringTool, ProgramState> {
    const { prometheus, alertmanager } = this.#programs;
    return { prometheus: prometheus.state, alertmanager: alertmanager.state };
  }

  pidOf(tool: MonitoringTool): number | undefined {
    return this.#programs[tool].pid;
  }

  /**
   * Makes a program misbehave: `none` kills it, `slow` lets it answer nothing,
   * `off` starts it or lets it go on.
   */
  async order(
    tool: MonitoringTool,
    mode: 'off' | 'none' | 'slow',
  ): Promise<void> {
    const program = this.#programs[tool];
    if (mode === 'none') {
      await program.kill();
      return;
    }
    await program.start();
    if (mode === 'slow') {
      program.pause();
    }
  }

  async stop(): Promise<void> {
    await Promise.all(
      Object.values(this.#programs).map(program => program.stop()),
    );
  }
}

async function writeConfiguration(
  options: MonitoringStartOptions,
): Promise<void> {
  const { directory, world, url, ports, webhook, isLive } = options;
  const rules = join(directory, 'prometheus', 'rules.yml');
  const tokenFile = join(directory, 'alertmanager', 'token');
  const { port } = new URL(url);
  await writeFile(rules, yaml(alertRules(world.state.specs())));
  await writeFile(
    join(directory, 'prometheus', 'prometheus.yml'),
    yaml(
      prometheusConfiguration({
        target: `127.0.0.1:${port}`,
        alertmanager: `127.0.0.1:${ports.alertmanager}`,
        rules,
        isLive,
      }),
    ),
  );
  if (webhook) {
    await writeFile(tokenFile, webhook.token, { mode: 0o600 });
  }
  await writeFile(
    join(directory, 'alertmanager', 'alertmanager.yml'),
    yaml(
      alertmanagerConfiguration({
        webhook: webhook && { url: webhook.url, tokenFile },
      }),
    ),
  );
}
