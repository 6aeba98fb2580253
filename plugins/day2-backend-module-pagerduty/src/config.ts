import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { DAY_MS } from '@day2/backstage-plugin-day2-common';
import {
  readAddress,
  readEntries,
  readEverySeconds,
  readToken,
  type BrokenEntry,
  type OpenEntry,
} from '@day2/backstage-plugin-day2-node';
import { entriesOf, type AccountEntry } from './configEntries';
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

const DEFAULT_URL = 'https://api.pagerduty.com';

/** What `day2.pagerduty.accounts` says, else `pagerDuty`; a broken entry does not hide the others. */
export function readPagerdutyConfig(
  config: Config,
): (AccountConfig | BrokenEntry)[] {
  return readEntries({
    entries: entriesOf(config),
    noun: 'account',
    needs: 'a name and a token',
    nameOf: ({ item, isTheirs }) =>
      isTheirs
        ? { field: 'id', value: item.getOptionalString('id') ?? 'default' }
        : { field: 'name', value: item.getString('name') },
    read: readAccount,
  });
}

function readAccount(
  entry: OpenEntry<AccountEntry>,
  name: string,
): AccountConfig {
  const { item, key, isTheirs } = entry;
  const urlKey = isTheirs ? 'apiBaseUrl' : 'apiUrl';
  const sinceMs = item.has('since')
    ? durationToMilliseconds(readDurationFromConfig(item, { key: 'since' }))
    : 90 * DAY_MS;
  if (sinceMs < DAY_MS || sinceMs > 3650 * DAY_MS) {
    throw new InputError(
      `${key}.since: must be between a day and ten years, as in { days: 90 }.`,
    );
  }
  const fields = item.getOptionalConfig('fields');
  return {
    name,
    token: tokenOf(entry),
    apiUrl: readAddress({
      value: item.getOptionalString(urlKey) ?? DEFAULT_URL,
      key: `${key}.${urlKey}`,
      example: 'https://api.eu.pagerduty.com',
    }),
    everySeconds: readEverySeconds({ item, key, least: 15 }),
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

function tokenOf({ item, key, isTheirs }: OpenEntry<AccountEntry>): string {
  const name = isTheirs ? 'apiToken' : 'token';
  const token = readToken({
    // What is empty is missing.
    value: item.getOptionalString(name)?.trim() || undefined,
    key: `${key}.${name}`,
  });
  if (!token) {
    throw new InputError(
      isTheirs && item.has('oauth')
        ? `${key}.oauth: signing in by OAuth is not possible here; give apiToken, a read-only REST API key, or use day2.pagerduty.accounts.`
        : `${key}.${name}: is missing; give a read-only REST API key.`,
    );
  }
  return token;
}
