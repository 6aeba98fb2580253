import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  readAddress,
  readEntries,
  readEverySeconds,
  readHeaders,
  type BrokenEntry,
  type OpenEntry,
} from '@day2/backstage-plugin-day2-node';
import { entriesOf, type InstanceEntry } from './configEntries';
import { EXAMPLE, readProxied } from './readProxied';

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

/**
 * What `day2.prometheus.instances` says, else `prometheus.instances` or
 * `prometheus.proxyPath`; a broken entry does not hide the others. The only one
 * is the default, of several the one that says so.
 */
export function readPrometheusConfig(
  config: Config,
): (InstanceConfig | BrokenEntry)[] {
  const entries = entriesOf(config);
  let defaultKey: string | undefined;
  return readEntries({
    entries,
    noun: 'instance',
    needs: 'a name and a url',
    // The other plugins know one without a name: that of proxyPath alone.
    nameOf: ({ item, proxied }) => ({
      field: 'name',
      value: item.getOptionalString('name') ?? (proxied ? 'default' : ''),
    }),
    read: (entry, name) => {
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
      return instance;
    },
  });
}

function readInstance(options: {
  entry: OpenEntry<InstanceEntry>;
  name: string;
  config: Config;
  isDefault: boolean;
}): InstanceConfig {
  const { entry, name, config, isDefault } = options;
  const { item, key } = entry;
  const addressAt = (field: string) =>
    readAddress({
      ...EXAMPLE,
      value: item.getString(field),
      key: `${key}.${field}`,
    });
  const { url, headers } = entry.proxied
    ? readProxied({ entry, config })
    : { url: addressAt('url'), headers: readHeaders({ item, key }) };
  const page = entry.proxied ? 'uiUrl' : 'frontendUrl';
  return {
    name,
    url,
    frontendUrl: item.has(page) ? addressAt(page) : url,
    headers,
    secrets: secretsOf(headers),
    everySeconds: readEverySeconds({ item, key, least: 5 }),
    isDefault,
  };
}

/** Each value, and of credentials the part after their scheme. */
function secretsOf(headers: Record<string, string>): string[] {
  return Object.values(headers)
    .flatMap(value => [value, value.replace(/^\S+\s+/, '')])
    .filter(value => value.length >= 4);
}
