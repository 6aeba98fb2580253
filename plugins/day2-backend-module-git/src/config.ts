import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { readDurationFromConfig } from '@backstage/config';
import type { PlacePattern } from './desired/place';
import type { GitCredentials } from './git/credentials';
import {
  parseRepositoryUrl,
  repositoryNameOf,
  type RepositoryUrl,
} from './git/repositoryUrl';
import type { VersionPattern } from './readers/readPattern';
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
}

/** An entry that cannot be used, and why. */
export interface BrokenRepository {
  name: string;
  /** Names the key and the fix. */
  problem: string;
}

/** What `day2.git` says; a broken entry does not hide the others. */
export function readGitConfig(config: Config): {
  directory: string;
  repositories: (RepositoryConfig | BrokenRepository)[];
} {
  const git = config.getOptionalConfig('day2.git');
  const seen = new Set<string>();
  const items = git?.getOptionalConfigArray('repositories') ?? [];
  return {
    directory: git?.getOptionalString('directory') ?? './mirrors',
    repositories: items.map((item, index) => {
      const key = `day2.git.repositories[${index}]`;
      let name = `repository-${index + 1}`;
      try {
        name = readName(item, key);
        if (seen.has(name)) {
          const problem = `${key}.name: '${name}' is used twice; give each repository its own name.`;
          name = `${name}-${index + 1}`;
          return { name, problem };
        }
        return readRepository(item, key, name);
      } catch (error) {
        return { name, problem: (error as Error).message };
      } finally {
        seen.add(name);
      }
    }),
  };
}

/** Tells a broken entry. */
export function isBroken(
  entry: RepositoryConfig | BrokenRepository,
): entry is BrokenRepository {
  return 'problem' in entry;
}

function readName(item: Config, key: string): string {
  const name =
    item.getOptionalString('name') ?? repositoryNameOf(readUrl(item, key));
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name)) {
    throw new InputError(
      `${key}.name: use letters, digits, dot, dash and underscore, at most 100, the first a letter or digit.`,
    );
  }
  return name;
}

function readRepository(
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
  const every = item.has('every')
    ? durationToMilliseconds(readDurationFromConfig(item, { key: 'every' })) /
      1000
    : 60;
  if (every < 1) {
    throw new InputError(`${key}.every: must be at least a second.`);
  }
  return {
    name,
    url,
    branch,
    role,
    slug: item.getOptionalString('slug'),
    webUrl: readWebUrl(item, key),
    everySeconds: every,
    since: sinceMs,
    environments: readList(item, key, 'environments', (entry, at) => ({
      path: regex(entry, `${at}.path`, 'path', '', ['environment']),
    })),
    patterns: readList(item, key, 'patterns', (entry, at) => ({
      files: regex(entry, `${at}.files`, 'files', '', []),
      match: regex(entry, `${at}.match`, 'match', 'gm', ['version']),
      application: entry.getOptionalString('application'),
      image: entry.getOptionalString('image'),
      environment: entry.getOptionalString('environment'),
      target: entry.getOptionalString('target'),
    })),
    tags: readList(item, key, 'tags', (entry, at) => ({
      match: regex(entry, `${at}.match`, 'match', '', ['sha', 'tag']),
    })),
    credentials: readCredentials(item, key),
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

function readList<T>(
  item: Config,
  key: string,
  name: string,
  read: (entry: Config, at: string) => T,
): T[] {
  return (item.getOptionalConfigArray(name) ?? []).map((entry, index) =>
    read(entry, `${key}.${name}[${index}]`),
  );
}

/** @throws InputError where it is no pattern or holds none of the groups */
function regex(
  item: Config,
  at: string,
  name: string,
  flags: string,
  oneOf: string[],
): RegExp {
  const source = item.getString(name);
  let pattern: RegExp;
  try {
    pattern = new RegExp(source, flags);
  } catch (error) {
    throw new InputError(
      `${at}: is not a regular expression (${(error as Error).message}).`,
    );
  }
  if (
    oneOf.length > 0 &&
    !oneOf.some(group => source.includes(`(?<${group}>`))
  ) {
    throw new InputError(
      `${at}: needs the named group ${oneOf
        .map(group => `(?<${group}>…)`)
        .join(' or ')}.`,
    );
  }
  return pattern;
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
