import {
  EnvironmentTier,
  type EnvironmentRule,
} from '@day2/backstage-plugin-day2-common';

/** Says that something at a key is wrong, and what it should be. */
export type SayWrong = (key: string, words: string) => void;

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

const KEYS = ['name', 'tier', 'match', 'targets'];
const LEFT_OUT = 'the entry is left out until then';

/**
 * The entries of `day2.environments` that can be used. One that cannot is said
 * and left out, so that a slip of the pen does not take the portal away.
 */
export function readEnvironments(
  value: unknown,
  sayWrong: SayWrong,
): EnvironmentRule[] {
  if (value === undefined) {
    return defaultEnvironments;
  }
  if (!Array.isArray(value)) {
    sayWrong(
      'day2.environments',
      'must be a list of entries with a name and a tier; the usual names (production, staging, …) are used until then',
    );
    return defaultEnvironments;
  }
  const seen = new Set<string>();
  return value.flatMap((entry: unknown, index) => {
    const rule = readEnvironment(
      entry,
      `day2.environments[${index}]`,
      sayWrong,
    );
    const word = rule?.name.toLowerCase();
    if (!rule || word === undefined) {
      return [];
    }
    if (seen.has(word)) {
      sayWrong(
        `day2.environments[${index}].name`,
        `repeats ${rule.name}; put all patterns into the match list of one entry; ${LEFT_OUT}`,
      );
      return [];
    }
    seen.add(word);
    return [rule];
  });
}

function readEnvironment(
  entry: unknown,
  key: string,
  sayWrong: SayWrong,
): EnvironmentRule | undefined {
  if (!isRecord(entry)) {
    sayWrong(
      key,
      `must be an entry with a name and a tier, e.g. { name: production, tier: production }; ${LEFT_OUT}`,
    );
    return undefined;
  }
  sayUnknownKeys({ entry, key, known: KEYS, sayWrong });
  const name = typeof entry.name === 'string' ? entry.name.trim() : '';
  if (!/^\P{Cc}{1,100}$/u.test(name)) {
    sayWrong(
      `${key}.name`,
      `must be a name of 1 to 100 characters, e.g. production; ${LEFT_OUT}`,
    );
    return undefined;
  }
  const tier = EnvironmentTier.safeParse(entry.tier);
  if (!tier.success) {
    sayWrong(
      `${key}.tier`,
      `must be one of ${EnvironmentTier.options.join(', ')}; ${LEFT_OUT}`,
    );
    return undefined;
  }
  return {
    name,
    tier: tier.data,
    match: readTexts(entry.match, `${key}.match`, sayWrong) ?? [],
    targets: readTexts(entry.targets, `${key}.targets`, sayWrong),
  };
}

function readTexts(
  value: unknown,
  key: string,
  sayWrong: SayWrong,
): string[] | undefined {
  if (value === undefined) {
    return undefined;
  }
  if (!Array.isArray(value)) {
    sayWrong(
      key,
      "must be a list of texts, e.g. ['prod-*']; it is left out until then",
    );
    return undefined;
  }
  return value.filter((text: unknown, index): text is string => {
    const usable = typeof text === 'string' && text.trim() !== '';
    if (!usable) {
      sayWrong(
        `${key}[${index}]`,
        "must be a text in quotes, e.g. 'prod-*'; it is left out until then",
      );
    }
    return usable;
  });
}

/** A key that means nothing is most often a misspelt one that was meant to. */
export function sayUnknownKeys(options: {
  entry: Record<string, unknown>;
  key: string;
  known: string[];
  sayWrong: SayWrong;
}): void {
  for (const name of Object.keys(options.entry)) {
    if (!options.known.includes(name)) {
      options.sayWrong(
        `${options.key}.${name}`,
        `means nothing here; what is read is ${options.known.join(', ')}`,
      );
    }
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
