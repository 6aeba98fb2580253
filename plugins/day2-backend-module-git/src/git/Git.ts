import { GitFailure } from './GitFailure';
import { gitEnvironment } from './gitEnvironment';
import { commandNotFound, startGuarded, type GuardedChild } from './guard';

/** How one call of `git` is made. */
export interface GitCall {
  args: string[];
  /** The repository (`--git-dir`). */
  gitDir?: string;
  env?: Record<string, string>;
  input?: string;
  signal?: AbortSignal;
  /** Milliseconds; the call and all it started are ended then. */
  timeoutMs?: number;
  /** Of the standard output; more is an error. */
  maxBytes?: number;
  /** Of the address space of each process, where the machine can limit it. */
  maxMemoryBytes?: number;
  /** Of each file written. */
  maxFileBytes?: number;
  /** Exit codes that are answers, not failures. */
  allowedExitCodes?: number[];
}

const defaultTimeoutMs = 60_000;
const defaultMaxBytes = 64 * 1024 * 1024;
const maxErrorBytes = 16 * 1024;
const defaultMaxMemoryBytes = 4 * 1024 ** 3;
const defaultMaxFileBytes = 10 * 1024 ** 3;

/**
 * Settings that hold whatever the machine's or the repository's configuration
 * says: no hook, no foreign transport, no helper, nothing left running behind.
 */
const settings = [
  'core.hooksPath=/dev/null',
  'protocol.ext.allow=never',
  'core.fsmonitor=false',
  'core.quotePath=false',
  'core.alternateRefsCommand=',
  'credential.helper=',
  'gc.autoDetach=false',
  'maintenance.autoDetach=false',
  'http.lowSpeedLimit=1',
  // A host is trusted by its name in the configuration; one that sends us
  // elsewhere is said on the Sources page instead of being followed.
  'http.followRedirects=false',
  // Packs are mapped in pieces, so that large ones fit into the memory limit.
  'core.packedGitWindowSize=64m',
  'core.packedGitLimit=1g',
  'pack.threads=4',
  'i18n.logOutputEncoding=UTF-8',
  'log.showSignature=false',
];

/** The `git` command of this machine, called without a shell. */
export class Git {
  readonly #binary: string;
  readonly #configFile: string;
  readonly #idleSeconds: number;
  readonly #children = new Set<GuardedChild>();

  private constructor(options: {
    binary: string;
    configFile: string;
    idleSeconds: number;
  }) {
    this.#binary = options.binary;
    this.#configFile = options.configFile;
    this.#idleSeconds = options.idleSeconds;
  }

  static create(options: {
    /** The only configuration file besides the repository's own. */
    configFile: string;
    binary?: string;
    /** A server that sends nothing for so long is given up. */
    idleSeconds?: number;
  }): Git {
    return new Git({
      binary: options.binary ?? 'git',
      configFile: options.configFile,
      idleSeconds: options.idleSeconds ?? 30,
    });
  }

  /**
   * Runs to the end.
   *
   * @throws GitFailure
   */
  async run(call: GitCall): Promise<{ stdout: Buffer; exitCode: number }> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const limit = call.maxBytes ?? defaultMaxBytes;
    const process = this.start(call);
    for await (const chunk of process.output) {
      bytes += chunk.length;
      if (bytes > limit) {
        process.kill();
        throw new GitFailure({
          reason: 'too-much',
          stderr: '',
          args: call.args,
        });
      }
      chunks.push(chunk);
    }
    return { stdout: Buffer.concat(chunks), exitCode: await process.done };
  }

  /** The same as text without the last line's end. */
  async text(call: GitCall): Promise<string> {
    const { stdout } = await this.run(call);
    return stdout.toString('utf8').replace(/\n$/, '');
  }

  /**
   * Starts a call whose output is read as it comes; leaving the loop ends it.
   * `done` and the end of `output` throw GitFailure where it failed.
   */
  start(call: GitCall): {
    output: AsyncGenerator<Buffer>;
    input: NodeJS.WritableStream;
    done: Promise<number>;
    kill(): void;
  } {
    const child = startGuarded({
      command: this.#binary,
      args: this.#arguments(call),
      env: gitEnvironment({ configFile: this.#configFile, more: call.env }),
      limits: {
        memoryBytes: call.maxMemoryBytes ?? defaultMaxMemoryBytes,
        fileBytes: call.maxFileBytes ?? defaultMaxFileBytes,
      },
    });
    this.#children.add(child);
    let stderr = '';
    let reason: GitFailure['reason'] | undefined;
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString('utf8')).slice(-maxErrorBytes);
    });
    const { kill } = child;
    const timer = setTimeout(() => {
      reason = 'timeout';
      kill();
    }, call.timeoutMs ?? defaultTimeoutMs);
    const onAbort = () => {
      reason = 'aborted';
      kill();
    };
    call.signal?.addEventListener('abort', onAbort, { once: true });
    if (call.signal?.aborted) {
      onAbort();
    }
    const done = new Promise<number>((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer);
        call.signal?.removeEventListener('abort', onAbort);
        this.#children.delete(child);
      };
      child.process.once('error', (error: NodeJS.ErrnoException) => {
        settle();
        reject(
          new GitFailure({
            reason: error.code === 'ENOENT' ? 'missing' : 'failed',
            stderr: error.message,
            args: call.args,
          }),
        );
      });
      child.process.once('close', (code: number | null) => {
        settle();
        const allowed = [0, ...(call.allowedExitCodes ?? [])];
        if (!reason && code !== null && allowed.includes(code)) {
          resolve(code);
        } else {
          reject(
            new GitFailure({
              reason:
                reason ?? (code === commandNotFound ? 'missing' : 'failed'),
              stderr,
              args: call.args,
              exitCode: code ?? undefined,
            }),
          );
        }
      });
    });
    done.catch(() => {});
    child.stdin.on('error', () => {});
    if (call.input !== undefined) {
      child.stdin.end(call.input);
    }
    return {
      output: readOutput(child, done, kill),
      input: child.stdin,
      done,
      kill,
    };
  }

  /** Ends everything still running. */
  close(): void {
    for (const child of this.#children) {
      child.kill();
    }
  }

  #arguments(call: GitCall): string[] {
    return [
      '--no-replace-objects',
      ...(call.gitDir ? [`--git-dir=${call.gitDir}`] : []),
      ...[...settings, `http.lowSpeedTime=${this.#idleSeconds}`].flatMap(
        setting => ['-c', setting],
      ),
      ...call.args,
    ];
  }
}

async function* readOutput(
  child: GuardedChild,
  done: Promise<number>,
  kill: () => void,
): AsyncGenerator<Buffer> {
  let finished = false;
  try {
    for await (const chunk of child.stdout) {
      yield chunk as Buffer;
    }
    finished = true;
    await done;
  } finally {
    if (!finished) {
      kill();
    }
  }
}
