import { execFileSync } from 'child_process';
import { devNull } from 'os';

/** What `git` says in that folder, without the last line feed. */
export function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      GIT_CONFIG_GLOBAL: devNull,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
    },
  }).trimEnd();
}

/** What it says, line by line. */
export function gitLines(cwd: string, ...args: string[]): string[] {
  return git(cwd, ...args)
    .split('\n')
    .filter(Boolean);
}
