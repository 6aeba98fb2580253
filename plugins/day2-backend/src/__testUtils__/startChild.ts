import { spawn, type ChildProcess } from 'node:child_process';

/** A process of its own, to be killed. */
export interface StartedChild {
  child: ChildProcess;
  /** It has said as many lines as are waited for, or ended. */
  working: Promise<void>;
  ended: Promise<number | null>;
  errors: () => string;
}

/** Runs a module in a process of its own; what it is told is JSON in DAY2_KILL_CHILD. */
export function startChild(options: {
  /** As `require.resolve` names it. */
  module: string;
  told: object;
  /** Lines to wait for; 1 by default. */
  lines?: number;
}): StartedChild {
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
        DAY2_KILL_CHILD: JSON.stringify(options.told),
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
  const working = new Promise<void>(resolve => {
    let left = options.lines ?? 1;
    child.stdout?.on('data', data => {
      left -= String(data).split('\n').length - 1;
      if (left <= 0) {
        resolve();
      }
    });
    child.on('exit', () => resolve());
  });
  return { child, working, ended, errors: () => errors };
}
