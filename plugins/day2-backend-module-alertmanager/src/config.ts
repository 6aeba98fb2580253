import type { Config } from '@backstage/config';
import {
  configValueAt,
  rawEntriesOf,
  readAddress,
  readEntries,
  readEverySeconds,
  readHeaders,
  type BrokenEntry,
  type OpenEntry,
  type RawEntry,
} from '@day2/backstage-plugin-day2-node';
import { readEnvironmentRules, type EnvironmentRule } from './environmentRules';
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

const KEY = 'day2.alertmanager.instances';
const EXAMPLE = 'https://alertmanager.example.com';

/** What `day2.alertmanager.instances` says; a broken entry does not hide the others. */
export function readAlertmanagerConfig(
  config: Config,
): (InstanceConfig | BrokenEntry)[] {
  return readEntries({
    entries: rawEntriesOf(configValueAt(config, KEY), KEY),
    noun: 'instance',
    needs: 'a name and a url',
    read: readInstance,
  });
}

function readInstance(
  { item, key }: OpenEntry<RawEntry>,
  name: string,
): InstanceConfig {
  const addressAt = (field: string) =>
    readAddress({
      value: item.getString(field),
      key: `${key}.${field}`,
      example: EXAMPLE,
      without: '/api/v2',
    });
  const url = addressAt('url');
  return {
    name,
    url,
    frontendUrl: item.has('frontendUrl') ? addressAt('frontendUrl') : url,
    headers: readHeaders({ item, key }),
    webhook: readWebhook({ item, key }),
    everySeconds: readEverySeconds({ item, key, least: 5 }),
    labels: item.getOptionalStringArray('labels') ?? [],
    environments: readEnvironmentRules(item, key),
  };
}
