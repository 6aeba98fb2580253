import type { Config } from '@backstage/config';
import type { JsonObject, JsonValue } from '@backstage/types';
import {
  configValueAt,
  isConfigObject,
  rawEntriesOf,
  type RawEntry,
} from '@day2/backstage-plugin-day2-node';

/** An account as it stands in the configuration, perhaps none at all. */
export interface AccountEntry extends RawEntry {
  /** As PagerDuty's own plugin has it. */
  isTheirs: boolean;
}

/** Entries of `day2.pagerduty.accounts`, else of `pagerDuty.accounts`, else `pagerDuty` itself. */
export function entriesOf(config: Config): AccountEntry[] {
  const own = configValueAt(config, 'day2.pagerduty.accounts');
  if (own !== undefined && own !== null) {
    return itemsOf(own, 'day2.pagerduty.accounts', false);
  }
  const theirs = configValueAt(config, 'pagerDuty');
  if (!isConfigObject(theirs)) {
    return [];
  }
  if (theirs.accounts !== undefined && theirs.accounts !== null) {
    return itemsOf(theirs.accounts, 'pagerDuty.accounts', true).map(entry => ({
      ...entry,
      // What stands above the accounts holds for those that do not say it.
      item: isConfigObject(entry.item)
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

function itemsOf(
  value: JsonValue,
  key: string,
  isTheirs: boolean,
): AccountEntry[] {
  return rawEntriesOf(value, key).map(entry => ({ ...entry, isTheirs }));
}
