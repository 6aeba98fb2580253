import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { readPattern } from '@day2/backstage-plugin-day2-node';

/** Tells where incidents are: all its patterns must fit. */
export interface EnvironmentRule {
  /** Over the name of the service. */
  service?: RegExp;
  title?: RegExp;
  /** Absent where the named group says it. */
  environment?: string;
}

/**
 * `environments[]` of an account.
 *
 * @throws InputError that names the key and the fix
 */
export function readEnvironmentRules(
  item: Config,
  key: string,
): EnvironmentRule[] {
  return (item.getOptionalConfigArray('environments') ?? []).map(
    (entry, index) => readRule(entry, `${key}.environments[${index}]`),
  );
}

function readRule(entry: Config, at: string): EnvironmentRule {
  const patternOf = (name: string) =>
    readPattern({
      value: entry.getOptionalString(name),
      key: `${at}.${name}`,
    });
  const rule: EnvironmentRule = {
    service: patternOf('service'),
    title: patternOf('title'),
    environment: entry.getOptionalString('environment'),
  };
  const named = [rule.service, rule.title].some(pattern =>
    pattern?.source.includes('(?<environment>'),
  );
  if (!named && !rule.environment) {
    throw new InputError(
      `${at}: says nothing; give a pattern with the named group (?<environment>…), or the text environment.`,
    );
  }
  return rule;
}
