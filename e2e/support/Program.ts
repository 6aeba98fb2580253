import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

const LOG_CHARS = 200_000;
const GRACE_MS = 10_000;

export interface ProgramStartOptions {
  name: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
}

/**
 * A Node program under test. It shares our process group, so that it ends with
 * an interrupted test run, and its log is shown when it fails.
 */
export class Program {
  readonly #name: string;
  readonly #child: ChildProcess;
  #log = '';

  static start(options: ProgramStartOptions): Program {
    const child = spawn(process.execPath, options.args, {
      cwd: options.cwd,
      env: { ...inheritedEnv(), ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Program(options.name, child);
  }

  private constructor(name: string, child: ChildProcess) {
    this.#name = name;
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#log = (this.#log + text).slice(-LOG_CHARS);
      });
    }
    // A test that dies must not leave its programs behind.
    process.once('exit', () => child.kill('SIGKILL'));
  }

  get log(): string {
    return this.#log;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Waits until an URL answers one of the wanted statuses. */
  async waitUntilAnswers(options: {
    url: string;
    accept?: (status: number) => boolean;
    ms: number;
  }): Promise<void> {
    const accept = options.accept ?? (status => status === 200);
    const until = Date.now() + options.ms;
    for (;;) {
      if (!this.running) {
        throw new Error(`${this.#name} ended early:\n${this.#tail()}`);
      }
      const response = await fetch(options.url, {
        signal: AbortSignal.timeout(5000),
      }).catch(() => undefined);
      await response?.body?.cancel();
      if (response && accept(response.status)) {
        return;
      }
      if (Date.now() > until) {
        throw new Error(
          `${this.#name} did not answer in ${options.ms} ms:\n${this.#tail()}`,
        );
      }
      await delay(150);
    }
  }

  /** Ends the program; `SIGKILL` for tests of a crash. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (!this.running) {
      return;
    }
    const ended = new Promise(resolve => this.#child.once('exit', resolve));
    this.#child.kill(signal);
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), GRACE_MS);
    await ended;
    clearTimeout(timer);
  }

  #tail(): string {
    return (
      this.#log
        .split('\n')
        // Our own asking whether it is ready.
        .filter(line => !line.includes('/health/v1/readiness'))
        .slice(-60)
        .join('\n')
    );
  }
}

/** Ours without what node:test and a running npm set for their own children. */
export function inheritedEnv(): NodeJS.ProcessEnv {
  const { NODE_TEST_CONTEXT, NODE_OPTIONS, ...env } = process.env;
  return env;
}
