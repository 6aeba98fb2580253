import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { root } from '../support/root';

const run = promisify(execFile);

/** Titles along the first parent of this checkout's `main`, newest first. */
export async function gitLog(): Promise<string[]> {
  const { stdout } = await run(
    'git',
    ['log', '--first-parent', '--format=%s', 'refs/heads/main', '--'],
    { cwd: root, maxBuffer: 64 * 2 ** 20 },
  );
  return stdout.trimEnd().split('\n');
}
