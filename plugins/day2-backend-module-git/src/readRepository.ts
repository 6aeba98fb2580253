import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, type JsonObject } from '@backstage/types';
import type { PlacePattern } from './desired/place';
import type { GitCredentials } from './git/credentials';
import {
  parseRepositoryUrl,
  repositoryNameOf,
  type RepositoryUrl,
} from './git/repositoryUrl';
import type { VersionPattern } from './readers/readPattern';
import { readRegex } from './readRegex';
import { unknownKeys } from './unknownKeys';
import type { RevisionPattern } from './versions/findRevision';

/** One entry of `day2.git.repositories`, checked. */
export interface RepositoryConfig {
  name: string;
  url: RepositoryUrl;
  branch?: string;
  role: 'gitops' | 'application';
  slug?: string;
  webUrl?: string;
  everySeconds: number;
  /** Epoch milliseconds. */
  since?: number;
  environments: PlacePattern[];
  patterns: VersionPattern[];
  tags: RevisionPattern[];
  credentials?: GitCredentials;
  /** What the Sources page says of the entry though it is used. */
  notices: string[];
}

const keys = [
  'name',
  'url',
  'branch',
  'role',
  'slug',
  'webUrl',
  'every',
  'since',
  'environments',
  'patterns',
  'tags',
  'username',
  'password',
  'token',
];
const keysOf: Record<string, string[]> = {
  environments: ['path'],
  patterns: ['files', 'match', 'application', 'image', 'environment', 'target'],
  tags: ['match'],
};
const minEverySeconds = 5;
const maxEverySeconds = 7 * 86_400;

/**
 * The name of an entry, or the last part of its address.
 *
 * @throws InputError
 */
export function readName(item: Config, key: string): string {
  const name =
    item.getOptionalString('name') ?? repositoryNameOf(readUrl(item, key));
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name)) {
    throw new InputError(
      `${key}.name: use letters, digits, dot, dash and underscore, at most 100, the first a letter or digit.`,
    );
  }
  return name;
}

/**
 * Reads an entry of `day2.git.repositories`.
 *
 * @throws InputError that names the key
 */
export function readRepository(
  item: Config,
  key: string,
  name: string,
): RepositoryConfig {
  const role = item.getString('role');
  if (role !== 'gitops' && role !== 'application') {
    throw new InputError(`${key}.role: must be gitops or application.`);
  }
  const url = readUrl(item, key);
  const branch = item.getOptionalString('branch');
  if (branch !== undefined && !isBranchName(branch)) {
    throw new InputError(`${key}.branch: is not the name of a branch.`);
  }
  const since = item.getOptionalString('since');
  const sinceMs = since === undefined ? undefined : Date.parse(since);
  if (Number.isNaN(sinceMs)) {
    throw new InputError(`${key}.since: must be a date like 2026-01-31.`);
  }
  const notices = unknownKeys(item.get<JsonObject>(), keys, key);
  const everySeconds = readEvery(item, key, notices);
  const list = <T>(
    listName: string,
    read: (entry: Config, at: string) => T,
  ): T[] => readList({ item, key, name: listName, notices, read });
  return {
    name,
    url,
    branch,
    role,
    slug: item.getOptionalString('slug'),
    webUrl: readWebUrl(item, key),
    everySeconds,
    since: sinceMs,
    environments: list('environments', (entry, at) => ({
      path: readRegex(entry, `${at}.path`, 'path', '', ['environment']),
    })),
    patterns: list('patterns', (entry, at) => ({
      files: readRegex(entry, `${at}.files`, 'files', '', []),
      match: readRegex(entry, `${at}.match`, 'match', 'gm', ['version']),
      application: entry.getOptionalString('application'),
      image: entry.getOptionalString('image'),
      environment: entry.getOptionalString('environment'),
      target: entry.getOptionalString('target'),
    })),
    tags: list('tags', (entry, at) => ({
      match: readRegex(entry, `${at}.match`, 'match', '', ['sha', 'tag']),
    })),
    credentials: readCredentials(item, key),
    notices,
  };
}

function readUrl(item: Config, key: string): RepositoryUrl {
  try {
    return parseRepositoryUrl(item.getString('url'));
  } catch (error) {
    throw new InputError(
      `${key}.url: ${(error as Error).message.replace(/\.$/, '')}.`,
    );
  }
}

function readList<T>(options: {
  item: Config;
  key: string;
  name: string;
  notices: string[];
  read: (entry: Config, at: string) => T;
}): T[] {
  const { item, key, name } = options;
  return (item.getOptionalConfigArray(name) ?? []).map((entry, index) => {
    const at = `${key}.${name}[${index}]`;
    options.notices.push(
      ...unknownKeys(entry.get<JsonObject>(), keysOf[name], at),
    );
    return options.read(entry, at);
  });
}

/** How often to look, within what neither floods a server nor forgets it. */
function readEvery(item: Config, key: string, notices: string[]): number {
  if (!item.has('every')) {
    return 60;
  }
  let seconds: number;
  try {
    seconds =
      durationToMilliseconds(readDurationFromConfig(item, { key: 'every' })) /
      1000;
  } catch {
    throw new InputError(
      `${key}.every: must be a duration like 5m, PT5M or { minutes: 5 }.`,
    );
  }
  const bounded = Math.min(Math.max(seconds, minEverySeconds), maxEverySeconds);
  if (!(bounded === seconds)) {
    notices.push(
      `${key}.every is bounded to ${
        bounded === minEverySeconds ? '5 seconds' : '7 days'
      }.`,
    );
  }
  return Number.isFinite(bounded) ? bounded : 60;
}

function readWebUrl(item: Config, key: string): string | undefined {
  const webUrl = item.getOptionalString('webUrl');
  if (webUrl !== undefined) {
    let parsed: URL | undefined;
    try {
      parsed = new URL(webUrl);
    } catch {
      // Told below.
    }
    if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username) {
      throw new InputError(
        `${key}.webUrl: must be an http or https address without credentials.`,
      );
    }
  }
  return webUrl;
}

function readCredentials(
  item: Config,
  key: string,
): GitCredentials | undefined {
  const token = item.getOptionalString('token');
  const username = item.getOptionalString('username');
  const password = item.getOptionalString('password');
  if (token !== undefined) {
    return { username: username ?? 'x-access-token', password: token };
  }
  if ((username === undefined) !== (password === undefined)) {
    throw new InputError(
      `${key}: give username and password both, or a token.`,
    );
  }
  return username !== undefined && password !== undefined
    ? { username, password }
    : undefined;
}

/** As `git check-ref-format --branch` has it. */
function isBranchName(name: string): boolean {
  return (
    /^[^\s~^:?*[\\\p{Cc}]{1,250}$/u.test(name) &&
    !/^[-/.]|\.\.|@\{|\/\/|\/\.|\.lock(\/|$)|[/.]$/.test(name) &&
    name !== '@'
  );
}
