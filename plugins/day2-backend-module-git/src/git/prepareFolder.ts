import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SourceError } from '@day2/backstage-plugin-day2-node';
import { askpassScript } from './askpassScript';
import { DamagedMirror, isDamage } from './damage';
import { describeFailure } from './describeFailure';
import type { Git } from './Git';
import { GitFailure } from './GitFailure';
import type { RepositoryUrl } from './repositoryUrl';

/**
 * Makes the folder of a mirror: the bare repository, git's only configuration
 * file and the helper that hands over credentials.
 *
 * @throws SourceError, DamagedMirror where what is there is no repository
 */
export async function prepareFolder(options: {
  git: Git;
  folder: string;
  gitDir: string;
  url: RepositoryUrl;
}): Promise<void> {
  const { git, folder, gitDir, url } = options;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const safe = [gitDir];
    if (url.path) {
      safe.push(url.path, join(url.path, '.git'));
    }
    const quoted = safe.map(
      path => `\tdirectory = "${path.replace(/(["\\])/g, '\\$1')}"\n`,
    );
    await writeFile(join(folder, 'gitconfig'), `[safe]\n${quoted.join('')}`);
    const askpass = join(folder, 'askpass');
    await writeFile(askpass, askpassScript, { mode: 0o700 });
    await chmod(askpass, 0o700);
    await git.run({
      args: ['init', '--quiet', '--bare', '--template=', '--', gitDir],
    });
    await git.run({ args: ['rev-parse', '--is-bare-repository'], gitDir });
  } catch (error) {
    if (isDamage(error)) {
      throw new DamagedMirror();
    }
    if (error instanceof GitFailure) {
      throw describeFailure({ failure: error, url: url });
    }
    const code = (error as NodeJS.ErrnoException).code;
    throw new SourceError({
      code: 'misconfigured',
      message: `The folder for mirrors cannot be written (${code ?? 'error'}).`,
      fix: 'Let the portal’s user write the folder day2.git.directory, or name another.',
    });
  }
}
