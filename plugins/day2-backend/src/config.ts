import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  EnvironmentTier,
  type EnvironmentRule,
} from '@day2/backstage-plugin-day2-common';

/** The hub's part of app-config, parsed. */
export interface Day2Config {
  environments: EnvironmentRule[];
  /** Kinds of entities that are services, lower case. */
  serviceKinds: string[];
  /** External base URL of the plugin's API. */
  apiBaseUrl: string;
}

/** What is assumed where `day2.environments` is absent. */
const defaultEnvironments: EnvironmentRule[] = [
  {
    name: 'production',
    tier: 'production',
    match: ['prod', 'prd', 'live', 'prod-*', '*-prod', 'production-*'],
  },
  {
    name: 'staging',
    tier: 'staging',
    match: ['stage', 'stg', 'preprod', 'pre-prod', 'uat', '*-staging'],
  },
  { name: 'testing', tier: 'testing', match: ['test', 'qa', '*-test'] },
  {
    name: 'development',
    tier: 'development',
    match: ['dev', 'develop', '*-dev'],
  },
];

/**
 * Reads what the hub needs; the only place that does.
 *
 * @throws InputError naming the key and the fix
 */
export function readDay2Config(config: Config): Day2Config {
  return {
    environments: readEnvironments(config),
    serviceKinds: readKinds(config),
    apiBaseUrl: `${config.getOptionalString('backend.baseUrl') ?? ''}/api/day2`,
  };
}

function readEnvironments(config: Config): EnvironmentRule[] {
  const list = config.getOptionalConfigArray('day2.environments');
  if (!list) {
    return defaultEnvironments;
  }
  const seen = new Set<string>();
  return list.map((item, index) => {
    const key = `day2.environments[${index}]`;
    const name = item.getOptionalString('name')?.trim();
    if (!name || name.length > 100) {
      throw new InputError(
        `${key}.name in app-config must be a name of 1 to 100 characters, e.g. production`,
      );
    }
    if (seen.has(name.toLowerCase())) {
      throw new InputError(
        `${key}.name in app-config repeats ${name}; put all patterns into the match list of one entry`,
      );
    }
    seen.add(name.toLowerCase());
    const tier = EnvironmentTier.safeParse(item.getOptional('tier'));
    if (!tier.success) {
      throw new InputError(
        `${key}.tier in app-config must be one of ${EnvironmentTier.options.join(
          ', ',
        )}`,
      );
    }
    return {
      name,
      tier: tier.data,
      match: readStrings(item, 'match', key),
      targets: item.has('targets')
        ? readStrings(item, 'targets', key)
        : undefined,
    };
  });
}

function readStrings(item: Config, name: string, key: string): string[] {
  const value: unknown = item.getOptional(name);
  if (value === undefined) {
    return [];
  }
  if (
    !Array.isArray(value) ||
    value.some(entry => typeof entry !== 'string' || entry === '')
  ) {
    throw new InputError(
      `${key}.${name} in app-config must be a list of texts, e.g. ['prod-*']`,
    );
  }
  return value as string[];
}

function readKinds(config: Config): string[] {
  const value: unknown = config.getOptional('day2.services.kinds');
  if (value === undefined) {
    return ['component'];
  }
  if (
    !Array.isArray(value) ||
    value.length === 0 ||
    value.some(kind => typeof kind !== 'string' || !/^[a-z]+$/i.test(kind))
  ) {
    throw new InputError(
      "day2.services.kinds in app-config must be a list of entity kinds, e.g. ['component', 'resource']; leave it out for components",
    );
  }
  return (value as string[]).map(kind => kind.toLowerCase());
}
