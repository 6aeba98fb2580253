import {
  ConfigReader,
  readDurationFromConfig,
  type Config,
} from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  durationToMilliseconds,
  type JsonObject,
  type JsonValue,
} from '@backstage/types';
import { readPlaceRules, type PlaceRule } from './placeRules';

/** How to sign in. */
export type ArgocdCredentials =
  | { token: string }
  | { username: string; password: string };

/** One instance, checked. */
export interface InstanceConfig {
  name: string;
  /** Without a slash at the end. */
  url: string;
  frontendUrl: string;
  credentials: ArgocdCredentials;
  everySeconds: number;
  projects: string[];
  selector?: string;
  environments: PlaceRule[];
}

/** An entry that cannot be used, and why. */
export interface BrokenInstance {
  name: string;
  /** Names the key and the fix. */
  problem: string;
}

interface Entry {
  item: JsonValue | undefined;
  key: string;
  /** For entries without credentials of their own. */
  shared?: Config;
}

/** An entry that is one at least. */
type ReadEntry = Omit<Entry, 'item'> & { item: Config };

/** What `day2.argocd.instances` says, else `argocd.appLocatorMethods`; a broken entry does not hide the others. */
export function readArgocdConfig(
  config: Config,
): (InstanceConfig | BrokenInstance)[] {
  const seen = new Set<string>();
  return entriesOf(config).map((raw, index) => {
    let name = `instance-${index + 1}`;
    let problem: string;
    try {
      const entry = openEntry(raw);
      name = readName(entry);
      if (!seen.has(name)) {
        seen.add(name);
        return readInstance(entry, name);
      }
      problem = `${entry.key}.name: '${name}' is used twice; give each instance its own name.`;
      name = `${name}-${index + 1}`;
    } catch (error) {
      problem = (error as Error).message;
      if (seen.has(name) && name !== `instance-${index + 1}`) {
        return { name, problem };
      }
    }
    while (seen.has(name)) {
      name += '-again';
    }
    seen.add(name);
    return { name, problem };
  });
}

/** Tells a broken entry. */
export function isBroken(
  entry: InstanceConfig | BrokenInstance,
): entry is BrokenInstance {
  return 'problem' in entry;
}

/** As they stand there: whether one is an entry at all shows when it is read. */
function entriesOf(config: Config): Entry[] {
  const own = valueAt(config, 'day2.argocd.instances');
  if (own !== undefined && own !== null) {
    return itemsOf(own, 'day2.argocd.instances');
  }
  const theirs = valueAt(config, 'argocd');
  if (!isObject(theirs)) {
    return [];
  }
  const shared = openConfig(theirs, 'argocd');
  return itemsOf(theirs.appLocatorMethods, 'argocd.appLocatorMethods').flatMap(
    method =>
      isObject(method.item)
        ? itemsOf(method.item.instances, `${method.key}.instances`).map(
            entry => ({ ...entry, shared }),
          )
        : [method],
  );
}

/** Undefined also where something above it is no object, which is not ours to mend. */
function valueAt(config: Config, key: string): JsonValue | undefined {
  try {
    return config.getOptional(key);
  } catch {
    return undefined;
  }
}

function itemsOf(value: JsonValue | undefined, key: string): Entry[] {
  if (value === undefined || value === null) {
    return [];
  }
  return Array.isArray(value)
    ? value.map((item, index) => ({ item, key: `${key}[${index}]` }))
    : [{ item: undefined, key }];
}

function openEntry(entry: Entry): ReadEntry {
  const { item, key } = entry;
  if (!isObject(item)) {
    throw new InputError(
      /\]$/.test(key)
        ? `${key}: is no entry; give it a name, a url and a token, or take it out.`
        : `${key}: must be a list, each item beginning with a dash.`,
    );
  }
  return { ...entry, item: openConfig(item, key) };
}

function openConfig(value: JsonObject, key: string): Config {
  return new ConfigReader(value, 'app-config', undefined, key);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readName({ item, key }: ReadEntry): string {
  const name = item.getString('name');
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name)) {
    throw new InputError(
      `${key}.name: use letters, digits, dot, dash and underscore, at most 100, the first a letter or digit.`,
    );
  }
  return name;
}

function readInstance(entry: ReadEntry, name: string): InstanceConfig {
  const { item, key } = entry;
  const url = readAddress(item.getString('url'), `${key}.url`);
  const frontendUrl = item.getOptionalString('frontendUrl');
  const every = item.has('every')
    ? durationToMilliseconds(readDurationFromConfig(item, { key: 'every' })) /
      1000
    : 60;
  if (every < 5) {
    throw new InputError(`${key}.every: must be at least five seconds.`);
  }
  return {
    name,
    url,
    frontendUrl:
      frontendUrl === undefined
        ? url
        : readAddress(frontendUrl, `${key}.frontendUrl`),
    credentials: readCredentials(entry),
    everySeconds: every,
    projects: item.getOptionalStringArray('projects') ?? [],
    selector: item.getOptionalString('selector'),
    environments: readPlaceRules(item, key),
  };
}

function readAddress(value: string, key: string): string {
  let url: URL | undefined;
  try {
    url = new URL(value);
  } catch {
    // Told below.
  }
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new InputError(
      `${key}: must be an http or https address, as in https://argocd.example.com.`,
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new InputError(
      `${key}: must have no credentials, no ? and no #; credentials go into token, or username and password.`,
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function readCredentials({ item, key, shared }: ReadEntry): ArgocdCredentials {
  const token = item.getOptionalString('token')?.trim();
  if (token) {
    if (!/^[\x21-\x7e]+$/.test(token)) {
      throw new InputError(
        `${key}.token: holds a blank or another character that no token has.`,
      );
    }
    return { token };
  }
  for (const from of [item, shared]) {
    const username = from?.getOptionalString('username');
    const password = from?.getOptionalString('password');
    if ((username === undefined) !== (password === undefined)) {
      throw new InputError(
        `${
          from === item ? key : 'argocd'
        }: give username and password both, or a token.`,
      );
    }
    if (username !== undefined && password !== undefined) {
      return { username, password };
    }
  }
  throw new InputError(
    `${key}.token: is missing; give a token, or username and password.`,
  );
}
