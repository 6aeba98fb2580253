import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '@backstage/errors';

/** A repository's address, taken apart and found harmless. */
export interface RepositoryUrl {
  kind: 'http' | 'ssh' | 'file';
  /** What `git` is given: no user, no password. */
  remote: string;
  /** What people and other systems may see. */
  shown: string;
  /** Of http and ssh. */
  host?: string;
  /** Of a repository on this machine. */
  path?: string;
  /** Written into the address itself, which we take out of it. */
  credentials?: { username: string; password: string };
}

const scpLike =
  /^(?:(?<user>[A-Za-z0-9._-]+)@)?(?<host>[A-Za-z0-9][A-Za-z0-9.-]*):(?<path>[^:\\][^\s]*)$/;
const hostName = /^[A-Za-z0-9[][A-Za-z0-9.:[\]-]*$/;

/**
 * Takes an address of a repository apart: `https:`, `http:`, `ssh:`,
 * `user@host:path`, `file:` or a path, relative to the process.
 *
 * @throws InputError where it is none of those or could be read as an option
 */
export function parseRepositoryUrl(text: string): RepositoryUrl {
  const value = text.trim();
  if (!value || value.startsWith('-') || /[\0\r\n]/.test(value)) {
    throw new InputError('is not the address of a repository');
  }
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(value)?.[1];
  if (scheme) {
    return parseWithScheme(value, scheme.toLowerCase());
  }
  if (/^file:/i.test(value)) {
    return ofPath(value.slice('file:'.length));
  }
  if (/^[A-Za-z][A-Za-z0-9+.-]*::/.test(value)) {
    throw new InputError('names a transport that is not allowed');
  }
  const scp = scpLike.exec(value);
  if (scp?.groups && !isAbsolute(value) && !/^\.{1,2}\//.test(value)) {
    if (scp.groups.path.startsWith('-')) {
      throw new InputError('is not the address of a repository');
    }
    return {
      kind: 'ssh',
      remote: value,
      shown: `${scp.groups.host}:${scp.groups.path}`,
      host: scp.groups.host,
    };
  }
  // Before the first slash a colon stands after a host: what is no host is no
  // path either, as git would take it for one.
  if (/^[^/\\]+:/.test(value) && !isAbsolute(value)) {
    throw new InputError(
      'has no valid user or host name; write a path that holds a colon with ./ before it',
    );
  }
  return ofPath(value);
}

function parseWithScheme(value: string, scheme: string): RepositoryUrl {
  if (scheme === 'file') {
    return ofPath(fileURLToPath(new URL(value)));
  }
  if (!['https', 'http', 'ssh'].includes(scheme)) {
    throw new InputError(
      `has the scheme '${scheme}', which is not allowed; use https, http, ssh or file`,
    );
  }
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    throw new InputError('is not a valid URL');
  }
  if (!hostName.test(url.hostname)) {
    throw new InputError('has no valid host name');
  }
  // It would stand on the command line of git, and may hold a token.
  if (/[?#]/.test(value)) {
    throw new InputError(
      'has a query (?…) or a fragment (#…), which is not allowed; leave it out and give a credential as integrations or as token of this entry',
    );
  }
  if (scheme === 'ssh') {
    if (/^-/.test(decodeURIComponent(url.username))) {
      throw new InputError('has no valid user name');
    }
    url.password = '';
    const shown = new URL(url);
    shown.username = '';
    return { kind: 'ssh', remote: url.href, shown: shown.href, host: url.host };
  }
  const credentials =
    url.username || url.password
      ? {
          username: decodeURIComponent(url.username) || 'git',
          password: decodeURIComponent(url.password),
        }
      : undefined;
  url.username = '';
  url.password = '';
  return {
    kind: 'http',
    remote: url.href,
    shown: `${url.origin}${url.pathname}`,
    host: url.host,
    credentials,
  };
}

function ofPath(path: string): RepositoryUrl {
  const absolute = resolve(path);
  return { kind: 'file', remote: absolute, shown: path, path: absolute };
}

/** A name for a repository that has none in the configuration: the last part of its address. */
export function repositoryNameOf(url: RepositoryUrl): string {
  const last =
    url.remote
      .replace(/[/\\]+$/, '')
      .split(/[/\\:]/)
      .pop() ?? '';
  const name = last
    .replace(/\.git$/, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 90);
  return name || 'repository';
}
