import type { Config } from '@backstage/config';
import type { JsonObject, JsonValue } from '@backstage/types';

/** An entry as it stands there: whether it is one at all shows when it is read. */
export interface Entry {
  item: JsonValue | undefined;
  key: string;
  /** As PagerDuty's own plugin has it. */
  isTheirs: boolean;
}

/** Entries of `day2.pagerduty.accounts`, else of `pagerDuty.accounts`, else `pagerDuty` itself. */
export function entriesOf(config: Config): Entry[] {
  const own = valueAt(config, 'day2.pagerduty.accounts');
  if (own !== undefined && own !== null) {
    return itemsOf(own, 'day2.pagerduty.accounts', false);
  }
  const theirs = valueAt(config, 'pagerDuty');
  if (!isObject(theirs)) {
    return [];
  }
  if (theirs.accounts !== undefined && theirs.accounts !== null) {
    return itemsOf(theirs.accounts, 'pagerDuty.accounts', true).map(entry => ({
      ...entry,
      // What stands above the accounts holds for those that do not say it.
      item: isObject(entry.item)
        ? {
            ...(theirs.apiBaseUrl ? { apiBaseUrl: theirs.apiBaseUrl } : {}),
            ...onlyTheirs(entry.item),
          }
        : entry.item,
    }));
  }
  return theirs.apiToken || theirs.oauth
    ? [{ item: onlyTheirs(theirs), key: 'pagerDuty', isTheirs: true }]
    : [];
}

/** Their other keys may have the names of ours, and another meaning. */
function onlyTheirs(item: JsonObject): JsonObject {
  const { id, apiToken, apiBaseUrl, oauth } = item;
  return JSON.parse(
    JSON.stringify({ id, apiToken, apiBaseUrl, oauth }),
  ) as JsonObject;
}

/** Undefined also where something above it is no object, which is not ours to mend. */
function valueAt(config: Config, key: string): JsonValue | undefined {
  try {
    return config.getOptional(key);
  } catch {
    return undefined;
  }
}

function itemsOf(value: JsonValue, key: string, isTheirs: boolean): Entry[] {
  return Array.isArray(value)
    ? value.map((item, index) => ({ item, key: `${key}[${index}]`, isTheirs }))
    : [{ item: undefined, key, isTheirs }];
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
