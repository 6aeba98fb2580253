import {
  resolveEnvironment,
  type EnvironmentRule,
} from '@day2/backstage-plugin-day2-common';

const tiers = ['production', 'staging', 'testing', 'development'];

/** Production first, each tier in the order of the configuration; none last. */
export function placeRank(
  environment: string | undefined,
  rules: EnvironmentRule[],
): number {
  const size = rules.length + 1;
  if (environment === undefined) {
    return (tiers.length + 1) * size;
  }
  const { tier } = resolveEnvironment({ word: environment, rules });
  const at = tiers.indexOf(tier);
  const order = rules.findIndex(rule => rule.name === environment);
  return (at < 0 ? tiers.length : at) * size + order;
}
