import { join } from 'path';
import express, { type Response, type Router } from 'express';
import { runGit } from '../git/runGit';

const LISTED = 50;
/** A commit's changes are shown up to here. */
const SHOWN_CHARS = 200_000;

/**
 * Pages for people, at the addresses Git hosts have them: `/<repository>` (with
 * or without `.git`) and `/<repository>/commit/<sha>`. What they show is what git
 * says, as text.
 */
export function createCommitPages(options: {
  directory: string;
  /** Whether there is a repository of that name, and no password is needed. */
  isPublic: (repository: string) => boolean;
}): Router {
  const router = express.Router();
  const git = (repository: string, args: string[]) =>
    runGit({ args, cwd: join(options.directory, `${repository}.git`) });

  router.get('/:repository', async (request, response, next) => {
    const repository = request.params.repository.replace(/\.git$/, '');
    if (!options.isPublic(repository)) {
      next();
      return;
    }
    const log = await git(repository, [
      'log',
      '--first-parent',
      `--max-count=${LISTED}`,
      '--format=%H%x00%cs%x00%an%x00%s',
      'main',
    ]).catch(() => Buffer.from(''));
    const lines = log.toString('utf8').trimEnd().split('\n').filter(Boolean);
    const rows = lines.map(line => {
      const [sha, day, author, subject] = line.split('\0');
      return `${day} <a href="${escape(
        `${request.baseUrl}/${repository}/commit/${sha}`,
      )}">${sha.slice(0, 8)}</a> ${escape(`${subject} (${author})`)}`;
    });
    sendPage(response, {
      title: repository,
      html: `The last ${
        rows.length
      } commits of <code>main</code>:\n\n${rows.join('\n')}`,
    });
  });

  router.get('/:repository/commit/:sha', async (request, response, next) => {
    const { repository, sha } = request.params;
    if (!options.isPublic(repository) || !/^[0-9a-f]{7,64}$/.test(sha)) {
      next();
      return;
    }
    const shown = await git(repository, [
      'show',
      '--first-parent',
      '--no-color',
      '--stat',
      '--patch',
      `${sha}^{commit}`,
      '--',
    ]).catch(() => undefined);
    if (!shown) {
      next();
      return;
    }
    sendPage(response, {
      title: `${sha.slice(0, 8)} in ${repository}`,
      html: escape(shown.toString('utf8').slice(0, SHOWN_CHARS)),
    });
  });

  return router;
}

function sendPage(
  response: Response,
  page: { title: string; html: string },
): void {
  response
    .set('Content-Security-Policy', "default-src 'none'")
    .type('html')
    .send(
      `<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>${escape(
        page.title,
      )}</title>\n<h1>${escape(
        page.title,
      )}</h1>\n<p>Sandbox data: a simulated company.</p>\n<pre>${
        page.html
      }</pre>\n</html>\n`,
    );
}

function escape(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, character => entities[character]);
}
