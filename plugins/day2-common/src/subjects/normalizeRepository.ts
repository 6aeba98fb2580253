const CASELESS_HOSTS = new Set(['github.com', 'gitlab.com', 'bitbucket.org']);
// Where the path of a web address leaves the repository.
const WEB_SUFFIX = /\/(?:-\/)?(?:tree|blob|raw|edit|src)\/.*$/;

/** A repository as it is compared. @public */
export interface NormalizedRepository {
  /** Lower-case host, with a port that is not the scheme's own; absent for a slug. */
  host?: string;
  /** `owner/name`, without slashes at the ends and `.git`. */
  path: string;
}

/**
 * A repository's URL (https, ssh, `git@host:path`, file), `url:` location or
 * slug in one comparable form; undefined for what is none of them.
 *
 * @public
 */
export function normalizeRepository(
  value: string,
): NormalizedRepository | undefined {
  const text = value.trim().replace(/^(?:url|dir|file):(?=\w+:\/\/)/, '');
  const scp = /^(?:[\w.-]+@)([\w.-]+):(?!\/\/)(.+)$/.exec(text);
  if (scp) {
    return clean({ host: scp[1], path: scp[2] });
  }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    let url: URL;
    try {
      url = new URL(text);
    } catch {
      return undefined;
    }
    return clean({ host: hostOf(url), path: decode(url.pathname) });
  }
  return /^[\w.-]+(?:\/[\w.-]+)+$/.test(text)
    ? clean({ path: text })
    : undefined;
}

function clean(options: {
  host?: string;
  path: string;
}): NormalizedRepository | undefined {
  const host = options.host?.toLowerCase();
  let path = options.path
    .replace(/[?#].*$/, '')
    .replace(host === 'file' ? /$^/ : WEB_SUFFIX, '')
    .replace(/^\/+|\/+$/g, '')
    .replace(/\.git$/, '');
  if (host === undefined || CASELESS_HOSTS.has(host)) {
    path = path.toLowerCase();
  }
  return path === '' ? undefined : { host, path };
}

function hostOf(url: URL): string {
  if (url.protocol === 'file:') {
    return 'file';
  }
  // The port of ssh says nothing of the repository's web address.
  return /^(?:git\+)?ssh:$/.test(url.protocol) ? url.hostname : url.host;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
