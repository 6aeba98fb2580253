import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/** A child process with pipes, and whether it runs under the guard. */
export interface GuardedChild {
  process: ChildProcess;
  stdin: Writable;
  stdout: Readable;
  stderr: Readable;
  /** Ends it and all it started. */
  kill(): void;
}

/** What a guarded child may take; each as far as the machine knows such a limit. */
export interface Limits {
  /** Address space of each process. */
  memoryBytes: number;
  /** Of each file it writes. */
  fileBytes: number;
}

/**
 * Runs a command under limits and ends the whole group when the portal is gone:
 * only the portal holds the other end of descriptor 3, so that reading it comes
 * to an end when the portal dies, be it by `kill -9`. Plain POSIX, no `timeout`
 * or `prlimit`; where `ulimit` does not know a limit (macOS: memory) it is left
 * out.
 */
const guardScript = `
(ulimit -v "$1") 2>/dev/null && ulimit -v "$1"
(ulimit -f "$2") 2>/dev/null && ulimit -f "$2"
ulimit -c 0 2>/dev/null
shift 2
( read -r _ <&3; kill -9 0 ) </dev/null >/dev/null 2>&1 &
watcher=$!
"$@" 3<&-
code=$?
exec 2>/dev/null
kill -9 "$watcher"
exit "$code"
`;

/** The exit code of the guard where there is no such command. */
export const commandNotFound = 127;

/** Starts a command that does not outlive this process. */
export function startGuarded(options: {
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  limits: Limits;
}): GuardedChild {
  const { command, args, env, limits } = options;
  // A group of its own, so that the helpers it starts end with it.
  const common = { env, detached: true, windowsHide: true };
  const child =
    process.platform === 'win32'
      ? spawn(command, args, { ...common, stdio: ['pipe', 'pipe', 'pipe'] })
      : spawn(
          '/bin/sh',
          [
            '-c',
            guardScript,
            'day2-git',
            String(Math.ceil(limits.memoryBytes / 1024)),
            String(Math.ceil(limits.fileBytes / 512)),
            command,
            ...args,
          ],
          { ...common, stdio: ['pipe', 'pipe', 'pipe', 'pipe'] },
        );
  const lifeline = child.stdio[3];
  lifeline?.on('error', () => {});
  child.once('exit', () => lifeline?.destroy());
  return {
    process: child,
    stdin: child.stdin!,
    stdout: child.stdout!,
    stderr: child.stderr!,
    kill: () => endGroup(child),
  };
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) {
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}
