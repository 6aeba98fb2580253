import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { isBrokenEntry } from '@day2/backstage-plugin-day2-node';
import { AlertmanagerSource } from '../AlertmanagerSource';
import { readAlertmanagerConfig, type InstanceConfig } from '../config';

/** What this entry of the configuration says. */
export function configOf(instance: JsonObject): InstanceConfig {
  const [config] = readAlertmanagerConfig(
    new ConfigReader({
      day2: { alertmanager: { instances: [{ name: 'main', ...instance }] } },
    }),
  );
  if (isBrokenEntry(config)) {
    throw new Error(config.problem);
  }
  return config;
}

/** The source that this entry makes. */
export function createSource(
  instance: JsonObject,
  options: { timeoutMs?: number } = {},
): AlertmanagerSource {
  return AlertmanagerSource.create({ config: configOf(instance), ...options });
}
