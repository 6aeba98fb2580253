import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { isBrokenEntry } from '@day2/backstage-plugin-day2-node';
import { readPrometheusConfig } from '../config';
import { PrometheusSource } from '../PrometheusSource';

/** The source that this entry of the configuration makes. */
export function createSource(
  instance: JsonObject,
  options: { timeoutMs?: number } = {},
): PrometheusSource {
  const [config] = readPrometheusConfig(
    new ConfigReader({
      day2: { prometheus: { instances: [{ name: 'main', ...instance }] } },
    }),
  );
  if (isBrokenEntry(config)) {
    throw new Error(config.problem);
  }
  return PrometheusSource.create({ config, ...options });
}
