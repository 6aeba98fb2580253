import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { isBrokenEntry } from '@day2/backstage-plugin-day2-node';
import { ArgocdSource } from '../ArgocdSource';
import { readArgocdConfig } from '../config';

/** The source that this entry of the configuration makes. */
export function createSource(
  instance: JsonObject,
  options: { timeoutMs?: number } = {},
): ArgocdSource {
  const [config] = readArgocdConfig(
    new ConfigReader({
      day2: {
        argocd: {
          instances: [
            {
              name: 'eu',
              ...('username' in instance ? {} : { token: 'a-token' }),
              ...instance,
            },
          ],
        },
      },
    }),
  );
  if (isBrokenEntry(config)) {
    throw new Error(config.problem);
  }
  return ArgocdSource.create({ config, ...options });
}
