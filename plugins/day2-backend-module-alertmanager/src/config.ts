import {
  ConfigReader,
  readDurationFromConfig,
  type Config,
} from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, type JsonValue } from '@backstage/types';
import { readAddress } from './readAddress';
import { readEnvironmentRules, type EnvironmentRule } from './environmentRules';
import { readHeaders } from './readHeaders';
import { readWebhook, type WebhookCredentials } from './readWebhook';

/** One instance, checked. */
export interface InstanceConfig {
  name: string;
  /** Before `/api/v2`, without a slash at the end. */
  url: string;
  frontendUrl: string;
  /** Sent with each request: credentials and tenant among them. */
  headers: Record<string, string>;
  /** Without it no delivery is taken. */
  webhook?: WebhookCredentials;
  everySeconds: number;
  /** Labels that hold the name of a service. */
  labels: string[];
  environments: EnvironmentRule[];
}

/** An entry that cannot be used, and why. */
export interface BrokenInstance {
  name: string;
  /** Names the key and the fix. */
  problem: string;
}

const KEY = 'day2.alertmanager.instances';

/** What `day2.alertmanager.instances` says; a broken entry does not hide the others. */
export function readAlertmanagerConfig(
  config: Config,
): (InstanceConfig | BrokenInstance)[] {
  const seen = new Set<string>();
  return entriesOf(config).map(({ item, key }, index) => {
    let name = `instance-${index + 1}`;
    let problem: string;
    try {
      const entry = openEntry(item, key);
      name = readName(entry, key);
      if (seen.has(name)) {
        throw new InputError(
          `${key}.name: '${name}' is used twice; give each instance its own name.`,
        );
      }
      const instance = readInstance({ item: entry, key, name });
      seen.add(name);
      return instance;
    } catch (error) {
      problem = (error as Error).message;
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

function entriesOf(
  config: Config,
): { item: JsonValue | undefined; key: string }[] {
  let value: JsonValue | undefined;
  try {
    value = config.getOptional(KEY);
  } catch {
    // Something above it is no object, which is not ours to mend.
  }
  if (value === undefined || value === null) {
    return [];
  }
  return Array.isArray(value)
    ? value.map((item, index) => ({ item, key: `${KEY}[${index}]` }))
    : [{ item: undefined, key: KEY }];
}

function openEntry(item: JsonValue | undefined, key: string): Config {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    throw new InputError(
      key === KEY
        ? `${key}: must be a list, each item beginning with a dash.`
        : `${key}: is no entry; give it a name and a url, or take it out.`,
    );
  }
  return new ConfigReader(item, 'app-config', undefined, key);
}

function readName(item: Config, key: string): string {
  const name = item.getString('name');
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name)) {
    throw new InputError(
      `${key}.name: use letters, digits, dot, dash and underscore, at most 100, the first a letter or digit.`,
    );
  }
  return name;
}

function readInstance(options: {
  item: Config;
  key: string;
  name: string;
}): InstanceConfig {
  const { item, key, name } = options;
  const url = readAddress(item.getString('url'), `${key}.url`);
  const frontendUrl = item.getOptionalString('frontendUrl');
  const everySeconds = item.has('every')
    ? durationToMilliseconds(readDurationFromConfig(item, { key: 'every' })) /
      1000
    : 60;
  if (everySeconds < 5) {
    throw new InputError(`${key}.every: must be at least five seconds.`);
  }
  return {
    name,
    url,
    frontendUrl:
      frontendUrl === undefined
        ? url
        : readAddress(frontendUrl, `${key}.frontendUrl`),
    headers: readHeaders({ item, key }),
    webhook: readWebhook({ item, key }),
    everySeconds,
    labels: item.getOptionalStringArray('labels') ?? [],
    environments: readEnvironmentRules(item, key),
  };
}
