import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { entriesOf, openEntry, type OpenEntry } from './configEntries';
import { readAddress } from './readAddress';
import { readHeaders } from './readHeaders';
import { readProxied } from './readProxied';

/** One instance, checked. */
export interface InstanceConfig {
  name: string;
  /** Before `/api/v1`, without a slash at the end. */
  url: string;
  frontendUrl: string;
  /** Sent with each request: credentials and tenant among them. */
  headers: Record<string, string>;
  /** Values that no text may hold. */
  secrets: string[];
  everySeconds: number;
  /** It measures objectives that name no source. */
  isDefault: boolean;
}

/** An entry that cannot be used, and why. */
export interface BrokenInstance {
  name: string;
  /** Names the key and the fix. */
  problem: string;
}

/**
 * What `day2.prometheus.instances` says, else `prometheus.instances` or
 * `prometheus.proxyPath`; a broken entry does not hide the others. The only one
 * is the default, of several the one that says so.
 */
export function readPrometheusConfig(
  config: Config,
): (InstanceConfig | BrokenInstance)[] {
  const seen = new Set<string>();
  const entries = entriesOf(config);
  let defaultKey: string | undefined;
  return entries.map((raw, index) => {
    let name = `instance-${index + 1}`;
    let problem: string;
    try {
      const entry = openEntry(raw);
      name = readName(entry);
      if (seen.has(name)) {
        throw new InputError(
          `${entry.key}.name: '${name}' is used twice; give each instance its own name.`,
        );
      }
      const isDefault = entry.item.getOptionalBoolean('default');
      if (isDefault && defaultKey) {
        throw new InputError(
          `${entry.key}.default: ${defaultKey} is the default already; only one can be.`,
        );
      }
      const instance = readInstance({
        entry,
        name,
        config,
        isDefault: isDefault ?? entries.length === 1,
      });
      defaultKey ??= isDefault ? entry.key : undefined;
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

function readName({ item, key, proxied }: OpenEntry): string {
  // The other plugins know one without a name: that of proxyPath alone.
  const name = item.getOptionalString('name') ?? (proxied ? 'default' : '');
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name)) {
    throw new InputError(
      `${key}.name: use letters, digits, dot, dash and underscore, at most 100, the first a letter or digit.`,
    );
  }
  return name;
}

function readInstance(options: {
  entry: OpenEntry;
  name: string;
  config: Config;
  isDefault: boolean;
}): InstanceConfig {
  const { entry, name, config, isDefault } = options;
  const { item, key } = entry;
  const { url, headers } = entry.proxied
    ? readProxied({ entry, config })
    : {
        url: readAddress(item.getString('url'), `${key}.url`),
        headers: readHeaders({ item, key }),
      };
  const page = entry.proxied ? 'uiUrl' : 'frontendUrl';
  const frontendUrl = item.getOptionalString(page);
  return {
    name,
    url,
    frontendUrl:
      frontendUrl === undefined
        ? url
        : readAddress(frontendUrl, `${key}.${page}`),
    headers,
    secrets: secretsOf(headers),
    everySeconds: readEvery(entry),
    isDefault,
  };
}

function readEvery({ item, key }: OpenEntry): number {
  const seconds = item.has('every')
    ? durationToMilliseconds(readDurationFromConfig(item, { key: 'every' })) /
      1000
    : 60;
  if (seconds < 5) {
    throw new InputError(`${key}.every: must be at least five seconds.`);
  }
  return seconds;
}

/** Each value, and of credentials the part after their scheme. */
function secretsOf(headers: Record<string, string>): string[] {
  return Object.values(headers)
    .flatMap(value => [value, value.replace(/^\S+\s+/, '')])
    .filter(value => value.length >= 4);
}
