import { ConfigReader, type Config } from '@backstage/config';
import type { JsonObject, JsonValue } from '@backstage/types';
import { defaultMaxMirrorBytes, parseSize } from './git/size';
import {
  readName,
  readRepository,
  type RepositoryConfig,
} from './readRepository';
import { unknownKeys } from './unknownKeys';

/** An entry that cannot be used, and why. */
export interface BrokenRepository {
  name: string;
  /** Names the key and the fix. */
  problem: string;
}

/** What `day2.git` says. */
export interface GitConfig {
  /** Where the mirrors are. */
  directory: string;
  /** What each mirror may grow to. */
  maxMirrorBytes: number;
  repositories: (RepositoryConfig | BrokenRepository)[];
}

const keysOfGit = ['directory', 'maxMirrorSize', 'repositories'];

/**
 * Reads `day2.git` item by item: what is wrong becomes a broken entry that
 * says so and hides no other, whatever shape it has.
 */
export function readGitConfig(config: Config): GitConfig {
  const git = config.getOptional<JsonValue>('day2.git') ?? {};
  const none = {
    directory: './mirrors',
    maxMirrorBytes: defaultMaxMirrorBytes,
  };
  if (!isObject(git)) {
    return { ...none, repositories: [broken('day2.git', 'an object')] };
  }
  const directory = git.directory ?? none.directory;
  const maxMirrorBytes =
    git.maxMirrorSize === undefined || git.maxMirrorSize === null
      ? none.maxMirrorBytes
      : parseSize(String(git.maxMirrorSize));
  const common: BrokenRepository[] = [];
  if (typeof directory !== 'string' || !directory) {
    common.push(broken('day2.git.directory', 'the path of a folder'));
  }
  if (maxMirrorBytes === undefined) {
    common.push(broken('day2.git.maxMirrorSize', 'a size like 20 GB'));
  }
  const items = git.repositories ?? [];
  if (!Array.isArray(items)) {
    common.push(broken('day2.git.repositories', 'a list of repositories'));
  }
  if (common.length > 0) {
    // Without a folder there is nothing to read into: each is said by itself.
    return { ...none, repositories: common };
  }
  const notices = unknownKeys(git, keysOfGit, 'day2.git');
  return {
    directory: directory as string,
    maxMirrorBytes: maxMirrorBytes!,
    repositories: readItems(items as JsonValue[], notices),
  };
}

/** Tells a broken entry. */
export function isBroken(
  entry: RepositoryConfig | BrokenRepository,
): entry is BrokenRepository {
  return 'problem' in entry;
}

function readItems(
  items: JsonValue[],
  notices: string[],
): GitConfig['repositories'] {
  const seen = new Set<string>();
  return items.map((raw, index) => {
    const key = `day2.git.repositories[${index}]`;
    let name = `repository-${index + 1}`;
    try {
      if (!isObject(raw)) {
        return { ...broken(key, 'an object with url and role'), name };
      }
      // A reader of its own, so that what is wrong with one is said of it alone.
      const item = new ConfigReader(raw, 'app-config', undefined, key);
      name = readName(item, key);
      if (seen.has(name)) {
        const problem = `${key}.name: '${name}' is used twice; give each repository its own name.`;
        name = `${name}-${index + 1}`;
        return { name, problem };
      }
      const read = readRepository(item, key, name);
      return { ...read, notices: [...notices, ...read.notices] };
    } catch (error) {
      return { name, problem: withKey((error as Error).message, key) };
    } finally {
      seen.add(name);
    }
  });
}

function broken(key: string, wanted: string): BrokenRepository {
  return {
    name: key.replace(/^day2\.git\.?/, '') || 'configuration',
    problem: `${key}: must be ${wanted}.`,
  };
}

/** Every problem names the full key of the entry. */
function withKey(message: string, key: string): string {
  return message.includes(key) ? message : `${key}: ${message}`;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
