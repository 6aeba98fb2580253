import { SourceError } from '@day2/backstage-plugin-day2-node';
import type { GitCredentials } from './credentials';
import type { RepositoryUrl } from './repositoryUrl';

/**
 * `git` says neither how long a server wants us to wait nor where it sends us,
 * so there we ask the server once ourselves.
 */
export async function probeStatus(options: {
  error: SourceError;
  url: RepositoryUrl;
  credentials?: GitCredentials;
}): Promise<SourceError> {
  const { error, url, credentials } = options;
  if (!['rate-limited', 'unreachable', 'misconfigured'].includes(error.code)) {
    return error;
  }
  try {
    const response = await ask({ url, credentials });
    const moved = addressOf(response.headers.get('location'), url);
    if (error.code === 'misconfigured') {
      return moved ? movedTo(moved, url) : error;
    }
    const wait = retryAfterMs(response.headers.get('retry-after'));
    return wait === undefined
      ? error
      : new SourceError({
          code: error.code,
          message: error.message,
          fix: error.fix,
          retryAfterMs: wait,
        });
  } catch {
    return error;
  }
}

/**
 * A page in HTML looks to `git` like an old-fashioned repository without a
 * branch. An empty repository is believed only of a server that speaks Git.
 *
 * @throws SourceError
 */
export async function expectGitServer(options: {
  url: RepositoryUrl;
  credentials?: GitCredentials;
}): Promise<void> {
  let type: string;
  try {
    const response = await ask(options);
    type = response.headers.get('content-type') ?? '';
  } catch {
    throw new SourceError({
      code: 'unreachable',
      message: `${options.url.host} cannot be reached.`,
    });
  }
  if (!type.startsWith('application/x-git-upload-pack-advertisement')) {
    throw new SourceError({
      code: 'bad-answer',
      message: `${options.url.host} answered with something that is no Git data.`,
      fix: 'Open the address in a browser: a login page or a proxy may answer in its place.',
    });
  }
}

async function ask(options: {
  url: RepositoryUrl;
  credentials?: GitCredentials;
}): Promise<Response> {
  const { url, credentials } = options;
  const response = await fetch(
    `${url.remote.replace(/\/$/, '')}/info/refs?service=git-upload-pack`,
    {
      redirect: 'manual',
      signal: AbortSignal.timeout(5_000),
      headers: credentials
        ? {
            authorization: `Basic ${Buffer.from(
              `${credentials.username}:${credentials.password}`,
            ).toString('base64')}`,
          }
        : {},
    },
  );
  await response.body?.cancel();
  return response;
}

/** Where a server sends us, as the address of a repository without anything secret. */
function addressOf(
  location: string | null,
  url: RepositoryUrl,
): URL | undefined {
  if (!location) {
    return undefined;
  }
  const address = new URL(location, url.remote);
  address.username = '';
  address.password = '';
  address.search = '';
  address.hash = '';
  address.pathname = address.pathname.replace(/\/info\/refs$/, '');
  return address;
}

function movedTo(address: URL, url: RepositoryUrl): SourceError {
  return new SourceError({
    code: 'misconfigured',
    message:
      address.host === url.host
        ? `The repository moved on ${url.host}.`
        : `The repository moved from ${url.host} to ${address.host}, which is not asked: no credential goes to another host.`,
    fix: `If that is right, change its url in day2.git.repositories to ${address.href}.`,
  });
}

function retryAfterMs(header: string | null): number | undefined {
  if (!header) {
    return undefined;
  }
  const seconds = Number(header);
  if (Number.isFinite(seconds)) {
    return Math.max(0, seconds * 1000);
  }
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}
