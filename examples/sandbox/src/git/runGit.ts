import { spawn } from 'child_process';
import { devNull } from 'os';

/** The environment of every `git` we start: nothing of the user's own settings. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    TMPDIR: process.env.TMPDIR,
    LC_ALL: 'C.UTF-8',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_TERMINAL_PROMPT: '0',
  };
}

/**
 * Runs `git` and gives what it wrote to its output. `input` may be a string or
 * pieces, written as fast as git reads them.
 *
 * @throws Error with what git said, or how to install it where it is missing.
 */
export async function runGit(options: {
  args: string[];
  cwd?: string;
  input?: Iterable<string>;
}): Promise<Buffer> {
  const child = spawn('git', options.args, {
    cwd: options.cwd,
    env: gitEnvironment(),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', chunk => out.push(chunk));
  child.stderr.on('data', chunk => err.push(chunk));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'ENOENT'
          ? new Error(
              'git was not found. Install it (Debian: apt-get install git; macOS: xcode-select --install) and start again.',
            )
          : error,
      );
    });
    child.on('close', resolve);
  });
  // A git that stops reading says why on its error output, not by EPIPE.
  child.stdin.on('error', () => {});
  for (const piece of options.input ?? []) {
    if (!child.stdin.write(piece)) {
      await Promise.race([
        new Promise(resolve => child.stdin.once('drain', resolve)),
        ended,
      ]);
    }
  }
  child.stdin.end();
  const code = await ended;
  if (code !== 0) {
    const said = Buffer.concat(err).toString('utf8').trim();
    throw new Error(`git ${options.args[0]} failed (${code}): ${said}`);
  }
  return Buffer.concat(out);
}
