import { type ChildProcess, spawn } from 'child_process';
import { closeSync, openSync } from 'fs';
import { readFile } from 'fs/promises';
import { setTimeout as delay } from 'timers/promises';

const readyMs = 60_000;
const graceMs = 8_000;

/** What is known of a program of the sandbox's. @public */
export type ProgramState = 'running' | 'paused' | 'ended';

export interface MonitoringProgramOptions {
  name: string;
  command: string;
  args: string[];
  /** Answers 200 once it serves. */
  readyUrl: string;
  log: string;
  onProgress: (text: string) => void;
}

/** One of the real programs beside the sandbox. Where it dies nobody starts it again. */
export class MonitoringProgram {
  readonly #options: MonitoringProgramOptions;
  #child?: ChildProcess;
  #watcher?: ChildProcess;
  #state: ProgramState = 'ended';
  #expected = false;

  private constructor(options: MonitoringProgramOptions) {
    this.#options = options;
  }

  static create(options: MonitoringProgramOptions): MonitoringProgram {
    return new MonitoringProgram(options);
  }

  get state(): ProgramState {
    return this.#state;
  }

  get pid(): number | undefined {
    return this.#state === 'ended' ? undefined : this.#child?.pid;
  }

  /**
   * Starts it, or lets it go on where it was paused.
   *
   * @throws Error with its last words where it does not come to serve.
   */
  async start(): Promise<void> {
    if (this.#state === 'paused') {
      this.#child?.kill('SIGCONT');
      this.#state = 'running';
    }
    if (this.#state === 'running') {
      return;
    }
    const { name, command, args, log, onProgress } = this.#options;
    const out = openSync(log, 'a');
    const child = spawn(command, args, { stdio: ['ignore', out, out] });
    closeSync(out);
    this.#child = child;
    this.#expected = false;
    this.#state = 'running';
    let failure: string | undefined;
    child.once('error', error => {
      failure = error.message;
      this.#state = 'ended';
    });
    child.once('exit', (code, signal) => {
      this.#state = 'ended';
      this.#watcher?.kill('SIGKILL');
      if (!this.#expected) {
        onProgress(
          `${name} has ended (${
            signal ?? `exit code ${code}`
          }); its log is ${log}`,
        );
      }
    });
    this.#watch(child);
    const until = Date.now() + readyMs;
    while (!(await this.#isReady())) {
      if (this.#state !== 'running' || Date.now() > until) {
        await this.stop();
        throw new Error(
          `${name} did not start: ${failure ?? (await lastWords(log))}`,
        );
      }
      await delay(100);
    }
  }

  /** Stops its clock: it takes connections and answers none of them. */
  pause(): void {
    if (this.#state === 'running') {
      this.#child?.kill('SIGSTOP');
      this.#state = 'paused';
    }
  }

  /** As if the machine had lost it: SIGKILL. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Ends it and waits for its end. */
  async stop(): Promise<void> {
    if (this.#state === 'paused') {
      this.#child?.kill('SIGCONT');
    }
    await this.#end('SIGTERM');
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (!child || this.#state === 'ended') {
      return;
    }
    this.#expected = true;
    const ended = new Promise(resolve => {
      child.once('exit', resolve);
    });
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await ended;
    clearTimeout(timer);
  }

  /** Ends it where we are killed ourselves: the pipe to the watcher closes then. */
  #watch(child: ChildProcess): void {
    if (child.pid === undefined) {
      return;
    }
    this.#watcher = spawn(
      'sh',
      ['-c', 'read _; kill -TERM "$1"; kill -CONT "$1"', 'sh', `${child.pid}`],
      { stdio: ['pipe', 'ignore', 'ignore'] },
    );
    // Without it the program runs as well.
    this.#watcher.on('error', () => {});
    this.#watcher.stdin?.on('error', () => {});
  }

  async #isReady(): Promise<boolean> {
    try {
      const response = await fetch(this.#options.readyUrl, {
        signal: AbortSignal.timeout(2_000),
      });
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  }
}

async function lastWords(log: string): Promise<string> {
  const text = await readFile(log, 'utf8').catch(() => '');
  return text.trim().split('\n').slice(-2).join(' ') || `see ${log}`;
}
