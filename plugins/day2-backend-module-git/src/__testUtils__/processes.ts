import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** Starts a module of this package in a process of its own; told through one variable. */
export function startModule(options: {
  module: string;
  variable: string;
  value: unknown;
}): {
  child: ChildProcess;
  firstOutput: Promise<void>;
  ended: Promise<number | null>;
  errors: () => string;
} {
  const child = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      options.module,
    ],
    {
      env: {
        ...process.env,
        NODE_ENV: 'development',
        NODE_OPTIONS: '',
        [options.variable]: JSON.stringify(options.value),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let errors = '';
  child.stderr?.on('data', data => {
    errors += data;
  });
  const ended = new Promise<number | null>(resolve => {
    child.on('exit', resolve);
  });
  const firstOutput = new Promise<void>(resolve => {
    child.stdout?.once('data', () => resolve());
    child.on('exit', () => resolve());
  });
  return { child, firstOutput, ended, errors: () => errors };
}

/** Whether there is a process of this number that is no zombie. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const stat = `/proc/${pid}/stat`;
    return !existsSync(stat) || !/\) Z /.test(readFileSync(stat, 'utf8'));
  } catch {
    return false;
  }
}

/** Waits until something holds. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > end) {
      throw new Error(`Waited too long for ${what}`);
    }
    await setTimeout(20);
  }
}
