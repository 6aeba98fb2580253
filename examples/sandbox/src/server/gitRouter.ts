import { spawn } from 'child_process';
import { timingSafeEqual } from 'crypto';
import express, { type Request, type Response, type Router } from 'express';
import { gitEnvironment } from '../git/runGit';

/** Repositories that want a user and a password. */
export interface Protection {
  repositories: string[];
  user: string;
  password: string;
}

/**
 * Read-only smart HTTP: `/<repository>.git/...`, answered by Git's own
 * `git http-backend`, so that every client finds what a real host would say.
 */
export function createGitRouter(options: {
  directory: string;
  /** Whether there is a repository of that name. */
  has: (repository: string) => boolean;
  protection?: Protection;
}): Router {
  const router = express.Router();
  router.use('/:repository.git', (request, response) => {
    const { repository } = request.params;
    if (!options.has(repository)) {
      response.status(404).type('text/plain').send('no such repository\n');
      return;
    }
    const { protection } = options;
    if (
      protection?.repositories.includes(repository) &&
      !isAuthorized(request, protection)
    ) {
      response
        .status(401)
        .set('WWW-Authenticate', 'Basic realm="Tern Git"')
        .type('text/plain')
        .send('authentication required\n');
      return;
    }
    const service = request.query.service;
    if (
      request.path === '/git-receive-pack' ||
      service === 'git-receive-pack'
    ) {
      response.status(403).type('text/plain').send('read-only\n');
      return;
    }
    if (request.method !== 'GET' && request.method !== 'POST') {
      response.status(405).set('Allow', 'GET, POST').end();
      return;
    }
    runBackend({ directory: options.directory, repository, request, response });
  });
  return router;
}

function isAuthorized(request: Request, protection: Protection): boolean {
  const [scheme, value] = (request.headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'basic' || !value) {
    return false;
  }
  const given = Buffer.from(value, 'base64');
  const wanted = Buffer.from(`${protection.user}:${protection.password}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** Speaks CGI with `git http-backend`. */
function runBackend(options: {
  directory: string;
  repository: string;
  request: Request;
  response: Response;
}): void {
  const { directory, repository, request, response } = options;
  const [, query = ''] = request.originalUrl.split('?');
  const header = (name: string) => {
    const value = request.headers[name];
    return Array.isArray(value) ? value[0] : value ?? '';
  };
  const child = spawn('git', ['http-backend'], {
    env: {
      ...gitEnvironment(),
      GIT_PROJECT_ROOT: directory,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: `/${repository}.git${request.path}`,
      REQUEST_METHOD: request.method,
      QUERY_STRING: query,
      CONTENT_TYPE: header('content-type'),
      CONTENT_LENGTH: header('content-length'),
      HTTP_CONTENT_ENCODING: header('content-encoding'),
      GIT_PROTOCOL: header('git-protocol'),
      REMOTE_ADDR: request.socket.remoteAddress,
    },
  });
  const fail = () => {
    if (!response.headersSent) {
      response.status(500).type('text/plain').send('git failed\n');
    } else {
      response.destroy();
    }
  };
  child.on('error', fail);
  child.stdin.on('error', () => {});
  child.stderr.resume();
  request.pipe(child.stdin);
  response.on('close', () => child.kill());

  let head = Buffer.alloc(0);
  const onHead = (chunk: Buffer) => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) {
      return;
    }
    child.stdout.off('data', onHead);
    for (const line of head.subarray(0, end).toString('utf8').split('\r\n')) {
      const colon = line.indexOf(':');
      const name = line.slice(0, colon);
      const value = line.slice(colon + 1).trim();
      if (name.toLowerCase() === 'status') {
        response.status(Number.parseInt(value, 10));
      } else {
        response.setHeader(name, value);
      }
    }
    response.write(head.subarray(end + 4));
    child.stdout.pipe(response);
  };
  child.stdout.on('data', onHead);
  child.on('close', () => {
    if (!response.headersSent) {
      fail();
    }
  });
}
