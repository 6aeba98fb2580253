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
import { entriesOf, type Entry } from './configEntries';
import { readEnvironmentRules, type EnvironmentRule } from './environmentRules';

/** One account, checked. */
export interface AccountConfig {
  name: string;
  token: string;
  /** Without a slash at the end. */
  apiUrl: string;
  everySeconds: number;
  /** How far back, in milliseconds. */
  sinceMs: number;
  /** Empty: no webhook. */
  webhookSecrets: string[];
  fields: { impactStartedAt?: string; cause?: string; environment?: string };
  environments: EnvironmentRule[];
}

/** An entry that cannot be used, and why. */
export interface BrokenAccount {
  name: string;
  /** Names the key and the fix. */
  problem: string;
}

interface ReadEntry {
  item: Config;
  key: string;
  /** As PagerDuty's own plugin has it. */
  isTheirs: boolean;
}

const DAY_MS = 86_400_000;
const DEFAULT_URL = 'https://api.pagerduty.com';

/** What `day2.pagerduty.accounts` says, else `pagerDuty`; a broken entry does not hide the others. */
export function readPagerdutyConfig(
  config: Config,
): (AccountConfig | BrokenAccount)[] {
  const seen = new Set<string>();
  return entriesOf(config).map((raw, index) => {
    let name = `account-${index + 1}`;
    let problem: string;
    try {
      const entry = openEntry(raw);
      name = readName(entry);
      if (!seen.has(name)) {
        seen.add(name);
        return readAccount(entry, name);
      }
      problem = `${entry.key}.name: '${name}' is used twice; give each account its own name.`;
      name = `${name}-${index + 1}`;
    } catch (error) {
      problem = (error as Error).message;
      if (seen.has(name) && name !== `account-${index + 1}`) {
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
  entry: AccountConfig | BrokenAccount,
): entry is BrokenAccount {
  return 'problem' in entry;
}

function openEntry({ item, key, isTheirs }: Entry): ReadEntry {
  if (!isObject(item)) {
    throw new InputError(
      /\]$/.test(key)
        ? `${key}: is no entry; give it a name and a token, or take it out.`
        : `${key}: must be a list, each item beginning with a dash.`,
    );
  }
  return {
    item: new ConfigReader(item, 'app-config', undefined, key),
    key,
    isTheirs,
  };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readName({ item, key, isTheirs }: ReadEntry): string {
  const name = isTheirs
    ? item.getOptionalString('id') ?? 'default'
    : item.getString('name');
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name)) {
    throw new InputError(
      `${key}.${
        isTheirs ? 'id' : 'name'
      }: use letters, digits, dot, dash and underscore, at most 100, the first a letter or digit.`,
    );
  }
  return name;
}

function readAccount(entry: ReadEntry, name: string): AccountConfig {
  const { item, key, isTheirs } = entry;
  const urlKey = isTheirs ? 'apiBaseUrl' : 'apiUrl';
  const every = durationOf(item, 'every', 60_000) / 1000;
  if (every < 15) {
    throw new InputError(`${key}.every: must be at least 15 seconds.`);
  }
  const sinceMs = durationOf(item, 'since', 90 * DAY_MS);
  if (sinceMs < DAY_MS || sinceMs > 3650 * DAY_MS) {
    throw new InputError(
      `${key}.since: must be between a day and ten years, as in { days: 90 }.`,
    );
  }
  const fields = item.getOptionalConfig('fields');
  return {
    name,
    token: readToken(entry),
    apiUrl: readAddress(
      item.getOptionalString(urlKey) ?? DEFAULT_URL,
      `${key}.${urlKey}`,
    ),
    everySeconds: every,
    sinceMs,
    webhookSecrets: readSecrets(item, key),
    fields: {
      impactStartedAt: fields?.getOptionalString('impactStartedAt'),
      cause: fields?.getOptionalString('cause'),
      environment: fields?.getOptionalString('environment'),
    },
    environments: readEnvironmentRules(item, key),
  };
}

function durationOf(item: Config, key: string, otherwise: number): number {
  return item.has(key)
    ? durationToMilliseconds(readDurationFromConfig(item, { key }))
    : otherwise;
}

function readSecrets(item: Config, key: string): string[] {
  if (!item.has('webhook')) {
    return [];
  }
  const secrets = item.getOptionalStringArray('webhook.secrets') ?? [];
  if (secrets.length === 0 || secrets.some(each => each.trim() === '')) {
    throw new InputError(
      `${key}.webhook.secrets: give the secret of each webhook subscription, or take webhook out.`,
    );
  }
  return secrets;
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
      `${key}: must be an http or https address, as in https://api.eu.pagerduty.com.`,
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new InputError(
      `${key}: must have no credentials, no ? and no #; the key goes into token.`,
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function readToken({ item, key, isTheirs }: ReadEntry): string {
  const name = isTheirs ? 'apiToken' : 'token';
  const token = item.getOptionalString(name)?.trim();
  if (!token) {
    throw new InputError(
      isTheirs && item.has('oauth')
        ? `${key}.oauth: signing in by OAuth is not possible here; give apiToken, a read-only REST API key, or use day2.pagerduty.accounts.`
        : `${key}.${name}: is missing; give a read-only REST API key.`,
    );
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new InputError(
      `${key}.${name}: holds a blank or another character that no key has.`,
    );
  }
  return token;
}
