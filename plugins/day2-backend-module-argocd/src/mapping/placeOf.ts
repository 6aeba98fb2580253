import {
  isEnvironmentWord,
  placeOfApplication,
  splitEnvironment,
} from '@day2/backstage-plugin-day2-common';
import type { PlaceRule } from '../placeRules';
import type { Application } from '../schema';

/** Where an application runs, and what it is called there. */
export interface Place {
  environment?: string;
  target?: string;
  /** Without the environment in its name. */
  application: string;
}

/** By the first configured rule that fits; what it does not say, as `placeOfApplication` has it. */
export function placeOf(app: Application, rules: PlaceRule[]): Place {
  const builtIn = builtInPlace(app);
  for (const rule of rules) {
    const groups = groupsOf(rule, app);
    if (groups) {
      const fill = (template: string | undefined) =>
        template?.replace(
          /\{\{\s*(.*?)\s*\}\}/g,
          (_, group) => groups[group] ?? '',
        );
      return {
        environment:
          fill(rule.environment) || groups.environment || builtIn.environment,
        target: fill(rule.target) || groups.target || builtIn.target,
        application: groups.application || builtIn.application,
      };
    }
  }
  return builtIn;
}

/** Undefined where a pattern does not fit. */
function groupsOf(
  rule: PlaceRule,
  { metadata, spec }: Application,
): Record<string, string | undefined> | undefined {
  const { destination } = spec;
  const pairs: [RegExp | undefined, string | undefined][] = [
    [rule.application, metadata.name],
    [rule.destination, destination?.name ?? destination?.server],
    [rule.namespace, destination?.namespace],
    ...rule.labels.map(({ key, pattern }): [RegExp, string | undefined] => [
      pattern,
      metadata.labels?.[key],
    ]),
  ];
  const groups: Record<string, string | undefined> = {};
  for (const [pattern, value] of pairs) {
    if (!pattern) {
      continue;
    }
    const found = value === undefined ? null : pattern.exec(value);
    if (!found) {
      return undefined;
    }
    Object.assign(groups, found.groups);
  }
  return groups;
}

function builtInPlace({ metadata, spec }: Application): Place {
  const { name, labels = {} } = metadata;
  const { destination } = spec;
  return {
    ...placeOfApplication({
      name,
      label:
        labels.environment ??
        labels.env ??
        labels['app.kubernetes.io/environment'],
      cluster: destination?.name,
      namespace: destination?.namespace,
    }),
    target: targetOf(destination, splitEnvironment(destination?.name ?? '')),
  };
}

/** The cluster; none for the one that Argo CD itself runs in. */
function targetOf(
  destination: Application['spec']['destination'],
  split: { environment: string; target?: string },
): string | undefined {
  const { name, server } = destination ?? {};
  if (name) {
    if (name === 'in-cluster' || isEnvironmentWord(name)) {
      return undefined;
    }
    return split.target && isEnvironmentWord(split.environment)
      ? split.target
      : name;
  }
  if (!server || !URL.canParse(server)) {
    return undefined;
  }
  const { hostname } = new URL(server);
  return /^kubernetes\.default(?:\.|$)/.test(hostname) ? undefined : hostname;
}
