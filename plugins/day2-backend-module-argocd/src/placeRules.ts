import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { readPattern } from '@day2/backstage-plugin-day2-node';

/** Tells where applications run: all its patterns must fit. */
export interface PlaceRule {
  application?: RegExp;
  destination?: RegExp;
  namespace?: RegExp;
  labels: { key: string; pattern: RegExp }[];
  /** Texts with `{{group}}`. */
  environment?: string;
  target?: string;
}

const groups = ['environment', 'target', 'application'];

/**
 * `environments[]` of an instance.
 *
 * @throws InputError that names the key and the fix
 */
export function readPlaceRules(item: Config, key: string): PlaceRule[] {
  return (item.getOptionalConfigArray('environments') ?? []).map(
    (entry, index) => readRule(entry, `${key}.environments[${index}]`),
  );
}

function readRule(entry: Config, at: string): PlaceRule {
  // Keys of labels hold dots and slashes: they are no paths of the configuration.
  const labels = entry.getOptional<Record<string, unknown>>('labels');
  const patternOf = (name: string) =>
    readPattern({
      value: entry.getOptionalString(name),
      key: `${at}.${name}`,
    });
  const rule: PlaceRule = {
    application: patternOf('application'),
    destination: patternOf('destination'),
    namespace: patternOf('namespace'),
    labels: Object.entries(labels ?? {}).map(([label, value]) => ({
      key: label,
      pattern: readPattern({
        value: String(value),
        key: `${at}.labels[${label}]`,
      }),
    })),
    environment: entry.getOptionalString('environment'),
    target: entry.getOptionalString('target'),
  };
  const patterns = [
    rule.application,
    rule.destination,
    rule.namespace,
    ...rule.labels.map(({ pattern }) => pattern),
  ].flatMap(pattern => pattern?.source ?? []);
  const named = new Set(
    patterns.flatMap(source =>
      [...source.matchAll(/\(\?<([A-Za-z_]\w*)>/g)].map(([, name]) => name),
    ),
  );
  if (
    !rule.environment &&
    !rule.target &&
    !groups.some(group => named.has(group))
  ) {
    throw new InputError(
      `${at}: says nothing; give a pattern with the named group (?<environment>…), (?<target>…) or (?<application>…), or the text environment or target.`,
    );
  }
  for (const name of ['environment', 'target'] as const) {
    for (const [, group] of (rule[name] ?? '').matchAll(
      /\{\{\s*(.*?)\s*\}\}/g,
    )) {
      if (!named.has(group)) {
        throw new InputError(
          `${at}.${name}: no pattern of this rule has the named group (?<${group}>…).`,
        );
      }
    }
  }
  return rule;
}
