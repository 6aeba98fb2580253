import type { EnvironmentRule } from '../environmentRules';
import { oneLine } from './oneLine';

/** The word for where an incident is: what its field says, else the first rule that fits. */
export function environmentOf(options: {
  said?: string;
  service?: string;
  title: string;
  rules: readonly EnvironmentRule[];
}): string | undefined {
  const said = oneLine(options.said, 100);
  if (said) {
    return said;
  }
  for (const rule of options.rules) {
    const groups: Record<string, string | undefined> = {};
    const fits = (
      [
        [rule.service, options.service ?? ''],
        [rule.title, options.title],
      ] as const
    ).every(([pattern, text]) => {
      const found = pattern?.exec(text.slice(0, 500));
      Object.assign(groups, found?.groups);
      return pattern === undefined || found;
    });
    const word = oneLine(rule.environment ?? groups.environment, 100);
    if (fits && word) {
      return word;
    }
  }
  return undefined;
}
