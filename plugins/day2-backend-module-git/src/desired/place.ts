import {
  isEnvironmentWord,
  splitEnvironment,
} from '@day2/backstage-plugin-day2-common';

/** A configured pattern over file paths with the named groups environment, target, application. */
export interface PlacePattern {
  path: RegExp;
}

/** Where a file says its application runs. */
export interface Place {
  environment?: string;
  target?: string;
  application?: string;
}

const looksLikeTarget =
  /^(?:[a-z]+[-_]?)*\d+[a-z]?$|^(?:eu|us|ap|uk|de|asia|europe|america|east|west|north|south|central)(?:[-_].*)?$/i;

/** Names of folders that say how a repository is sorted, not what runs. */
const generic =
  /^(apps?|applications?|services?|workloads?|projects?|teams?|overlays?|bases?|environments?|envs?|stages?|clusters?|regions?|k8s|kube|kubernetes|deploy|deployments?|deployed|gitops|argocd|argo-cd|argo|flux|flux-system|fleet|manifests?|resources?|templates?|charts?|helm|kustomize|components?|values|config|configs|infra|infrastructure|src|main|default|namespaces?|releases?|patches|common|shared)$/i;
const noEnvironment =
  /^(base|common|defaults?|shared|global|overrides?|secrets?|schema|ci|local|example|examples|images?|versions?|generated)$/i;

/**
 * Environment, target and application of a file: the configured patterns
 * first, then the built-in ones of docs/git.md.
 */
export function findPlace(path: string, patterns: PlacePattern[]): Place {
  for (const { path: pattern } of patterns) {
    const groups = pattern.exec(path)?.groups;
    if (groups) {
      return {
        environment: groups.environment || undefined,
        target: groups.target || undefined,
        application: groups.application || applicationOf(path, groups),
      };
    }
  }
  const found = builtIn(path);
  return { ...found, application: applicationOf(path, found) };
}

function builtIn(path: string): Place {
  const segments = path.split('/');
  const file = segments.pop() ?? '';
  for (const [index, segment] of segments.entries()) {
    const next = segments[index + 1];
    if (!next) {
      break;
    }
    if (/^(overlays?|environments?|envs?|env|stages?)$/i.test(segment)) {
      const place = splitEnvironment(next);
      const inner = segments[index + 2];
      return place.target || !inner || !looksLikeTarget.test(inner)
        ? place
        : { ...place, target: inner };
    }
    if (/^clusters?$/i.test(segment)) {
      const own = splitEnvironment(next);
      if (own.target || isEnvironmentWord(next)) {
        return own;
      }
      const inner = segments[index + 2];
      if (inner && isEnvironmentWord(inner)) {
        return { environment: inner, target: next };
      }
    }
  }
  const values =
    /^values[-_.](?<name>.+)\.ya?ml$/i.exec(file)?.groups?.name ??
    /^(?<name>.+)[-_.]values\.ya?ml$/i.exec(file)?.groups?.name;
  if (values && !noEnvironment.test(values)) {
    const place = splitEnvironment(values);
    if (/^values/i.test(file) || place.target || isEnvironmentWord(values)) {
      return place;
    }
  }
  const stem = file.replace(/\.[^.]+$/, '');
  if (isEnvironmentWord(stem)) {
    return { environment: stem };
  }
  for (const [index, segment] of segments.entries()) {
    if (isEnvironmentWord(segment)) {
      const target = [segments[index + 1], segments[index - 1]].find(
        beside => beside !== undefined && looksLikeTarget.test(beside),
      );
      return { environment: segment, ...(target ? { target } : {}) };
    }
    const split = splitEnvironment(segment);
    if (split.target && looksLikeTarget.test(split.target)) {
      return split;
    }
  }
  const dotted = /[-_.](?<word>[a-z]+)$/i.exec(stem)?.groups?.word;
  if (dotted && isEnvironmentWord(dotted) && segments.length > 0) {
    return { environment: dotted };
  }
  const envFile = /^\.env[-_.](?<name>[a-z0-9-]+)$/i.exec(file)?.groups?.name;
  return envFile ? splitEnvironment(envFile) : {};
}

/** The last folder that names neither an environment nor how things are sorted. */
function applicationOf(path: string, place: Place): string | undefined {
  const folders = path.split('/').slice(0, -1);
  const target = place.target?.toLowerCase();
  const environment = place.environment?.toLowerCase();
  for (const folder of folders.reverse()) {
    const lower = folder.toLowerCase();
    const split = splitEnvironment(folder);
    const isPlace =
      lower === environment ||
      lower === target ||
      isEnvironmentWord(folder) ||
      (split.environment?.toLowerCase() === environment &&
        split.target?.toLowerCase() === target);
    if (!isPlace && !generic.test(folder) && !folder.startsWith('.')) {
      return folder;
    }
  }
  return undefined;
}
