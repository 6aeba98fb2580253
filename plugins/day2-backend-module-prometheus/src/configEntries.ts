import { ConfigReader, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { JsonObject, JsonValue } from '@backstage/types';

/** An entry of the configuration as it stands there, perhaps none at all. */
export interface RawEntry {
  item: JsonValue | undefined;
  key: string;
  /** It names a path of the portal's proxy in place of an address. */
  proxied: boolean;
}

/** One that can be read. */
export type OpenEntry = Omit<RawEntry, 'item'> & { item: Config };

/** Ours, else those of other plugins. */
export function entriesOf(config: Config): RawEntry[] {
  const own = valueAt(config, 'day2.prometheus.instances');
  if (own !== undefined && own !== null) {
    return itemsOf(own, 'day2.prometheus.instances', false);
  }
  const theirs = valueAt(config, 'prometheus');
  if (!isObject(theirs)) {
    return [];
  }
  return proxiedEntries(theirs);
}

/** Those of a list, and the one for entities that name none: the default. */
function proxiedEntries(theirs: JsonObject): RawEntry[] {
  const { instances, proxyPath, uiUrl } = theirs;
  const isGiven = (value: JsonValue | undefined) =>
    value !== undefined && value !== null;
  const listed = isGiven(instances)
    ? itemsOf(instances!, 'prometheus.instances', true)
    : [];
  if (!isGiven(proxyPath)) {
    return listed;
  }
  const same = listed.findIndex(
    ({ item }) => isObject(item) && item.proxyPath === proxyPath,
  );
  return same >= 0
    ? listed.map((entry, index) =>
        isObject(entry.item) && index === same
          ? { ...entry, item: { ...entry.item, default: true } }
          : entry,
      )
    : [
        ...listed,
        {
          item: {
            proxyPath,
            default: true,
            ...(uiUrl === undefined ? {} : { uiUrl }),
          },
          key: 'prometheus',
          proxied: true,
        },
      ];
}

/** @throws InputError in words where it is no entry */
export function openEntry(entry: RawEntry): OpenEntry {
  const { item, key } = entry;
  if (!isObject(item)) {
    throw new InputError(
      /\]$/.test(key)
        ? `${key}: is no entry; give it a name and a url, or take it out.`
        : `${key}: must be a list, each item beginning with a dash.`,
    );
  }
  return {
    ...entry,
    item: new ConfigReader(item, 'app-config', undefined, key),
  };
}

/** Tells an object of configuration. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined also where something above it is no object, which is not ours to mend. */
export function valueAt(config: Config, key: string): JsonValue | undefined {
  try {
    return config.getOptional(key);
  } catch {
    return undefined;
  }
}

function itemsOf(value: JsonValue, key: string, proxied: boolean): RawEntry[] {
  return Array.isArray(value)
    ? value.map((item, index) => ({ item, key: `${key}[${index}]`, proxied }))
    : [{ item: undefined, key, proxied }];
}
