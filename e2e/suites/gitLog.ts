import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { root } from '../support/root';

const run = promisify(execFile);

/** Titles along the first parent of the branch that is checked out, newest first; of `main` where none is. */
export async function gitLog(): Promise<string[]> {
  const git = (...args: string[]) =>
    run('git', args, { cwd: root, maxBuffer: 64 * 2 ** 20 });
  const branch = await git('symbolic-ref', '--quiet', 'HEAD').then(
    ({ stdout }) => stdout.trim(),
    () => 'refs/heads/main',
  );
  const { stdout } = await git(
    'log',
    '--first-parent',
    '--format=%s',
    branch,
    '--',
  );
  return stdout.trimEnd().split('\n');
}
