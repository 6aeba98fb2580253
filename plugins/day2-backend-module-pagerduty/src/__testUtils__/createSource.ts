import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { isBrokenEntry } from '@day2/backstage-plugin-day2-node';
import { readPagerdutyConfig } from '../config';
import { PagerdutySource } from '../PagerdutySource';

/** The source that this entry of the configuration makes. */
export function createSource(
  account: JsonObject,
  options: { timeoutMs?: number } = {},
): PagerdutySource {
  const [config] = readPagerdutyConfig(
    new ConfigReader({
      day2: {
        pagerduty: {
          accounts: [{ name: 'main', token: 'a-token', ...account }],
        },
      },
    }),
  );
  if (isBrokenEntry(config)) {
    throw new Error(config.problem);
  }
  // Tests do not wait for a budget that is PagerDuty's.
  return PagerdutySource.create({ config, perSecond: 5_000, ...options });
}
