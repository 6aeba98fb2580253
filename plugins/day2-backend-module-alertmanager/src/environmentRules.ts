import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { readPattern } from '@day2/backstage-plugin-day2-node';

/** Tells where an alert is: all its patterns must fit. */
export interface EnvironmentRule {
  labels: { name: string; pattern: RegExp }[];
  /** Text with `{{group}}`; absent, the named group `environment` says it. */
  environment?: string;
}

/** Where an alert says so itself. */
const DEFAULT_LABELS = ['environment', 'env'];

/**
 * `environments[]` of an instance.
 *
 * @throws InputError that names the key and the fix
 */
export function readEnvironmentRules(
  item: Config,
  key: string,
): EnvironmentRule[] {
  return (item.getOptionalConfigArray('environments') ?? []).map(
    (entry, index) => {
      const at = `${key}.environments[${index}]`;
      const given = entry.getOptional<Record<string, unknown>>('labels') ?? {};
      const rule: EnvironmentRule = {
        labels: Object.entries(given).map(([name, source]) => ({
          name,
          pattern: readPattern({
            value: String(source),
            key: `${at}.labels[${name}]`,
          }),
        })),
        environment: entry.getOptionalString('environment'),
      };
      check(rule, at);
      return rule;
    },
  );
}

/** By the first rule that fits, else as its labels say; undefined where nothing says it. */
export function environmentOf(
  labels: Record<string, string>,
  rules: EnvironmentRule[],
): string | undefined {
  for (const rule of rules) {
    const found = rule.labels.map(({ name, pattern }) =>
      Object.hasOwn(labels, name) ? pattern.exec(labels[name]) : null,
    );
    if (found.every(match => match !== null)) {
      const groups: Record<string, string | undefined> = Object.assign(
        {},
        ...found.map(match => match?.groups),
      );
      const said =
        rule.environment?.replace(
          /\{\{\s*(.*?)\s*\}\}/g,
          (_, group) => groups[group] ?? '',
        ) || groups.environment;
      if (said) {
        return said;
      }
    }
  }
  const name = DEFAULT_LABELS.find(
    label => Object.hasOwn(labels, label) && labels[label],
  );
  return name && labels[name];
}

function check(rule: EnvironmentRule, at: string): void {
  if (rule.labels.length === 0) {
    throw new InputError(
      `${at}.labels: is missing; give a pattern for a label at least.`,
    );
  }
  const named = new Set(
    rule.labels.flatMap(({ pattern }) =>
      [...pattern.source.matchAll(/\(\?<([A-Za-z_]\w*)>/g)].map(
        ([, name]) => name,
      ),
    ),
  );
  if (!rule.environment && !named.has('environment')) {
    throw new InputError(
      `${at}: says nothing; give a pattern with the named group (?<environment>…), or the text environment.`,
    );
  }
  for (const [, group] of (rule.environment ?? '').matchAll(
    /\{\{\s*(.*?)\s*\}\}/g,
  )) {
    if (!named.has(group)) {
      throw new InputError(
        `${at}.environment: no pattern of this rule has the named group (?<${group}>…).`,
      );
    }
  }
}
