import type { Config } from '@backstage/config';
import type { JsonObject, JsonValue } from '@backstage/types';
import {
  configValueAt,
  isConfigObject,
  rawEntriesOf,
  type RawEntry,
} from '@day2/backstage-plugin-day2-node';

/** An instance as it stands in the configuration, perhaps none at all. */
export interface InstanceEntry extends RawEntry {
  /** It names a path of the portal's proxy in place of an address. */
  proxied: boolean;
}

/** Ours, else those of other plugins. */
export function entriesOf(config: Config): InstanceEntry[] {
  const own = configValueAt(config, 'day2.prometheus.instances');
  if (own !== undefined && own !== null) {
    return itemsOf(own, 'day2.prometheus.instances', false);
  }
  const theirs = configValueAt(config, 'prometheus');
  if (!isConfigObject(theirs)) {
    return [];
  }
  return proxiedEntries(theirs);
}

/** Those of a list, and the one for entities that name none: the default. */
function proxiedEntries(theirs: JsonObject): InstanceEntry[] {
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
    ({ item }) => isConfigObject(item) && item.proxyPath === proxyPath,
  );
  return same >= 0
    ? listed.map((entry, index) =>
        isConfigObject(entry.item) && index === same
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

function itemsOf(
  value: JsonValue,
  key: string,
  proxied: boolean,
): InstanceEntry[] {
  return rawEntriesOf(value, key).map(entry => ({ ...entry, proxied }));
}
