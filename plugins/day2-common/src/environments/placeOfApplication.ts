import { isEnvironmentWord, splitEnvironment } from './environmentWords';

// Not those with which names of things begin: live-chat, load-balancer, integration-hub.
const wordFirst =
  /^(?<word>production|prod|prd|pre-?production|pre-?prod|staging|stg|uat|acc|test|tst|qa|development|devel|dev)[-_.](?<rest>.+)$/i;
const longest = 4;

/**
 * Where an application runs, by its label, else by how its name ends
 * (`cart-production`), its cluster, its namespace, and last by how its name
 * begins (`prod-cart`). `application` is its name without that.
 *
 * @remarks At the beginning of a name or a namespace only words count that are
 * not the beginning of what things are called.
 *
 * @param options - `label`: the environment that a label names outright
 *
 * @public
 */
export function placeOfApplication(options: {
  name: string;
  label?: string;
  cluster?: string;
  namespace?: string;
}): { environment?: string; application: string } {
  const { name, label, cluster = '', namespace = '' } = options;
  const ending = endingOf(name);
  const beginning = wordFirst.exec(name)?.groups;
  const ofCluster = splitEnvironment(cluster).environment;
  const environment =
    label ||
    (ending?.word ??
      (isEnvironmentWord(ofCluster) ? ofCluster : undefined) ??
      (isEnvironmentWord(namespace) ? namespace : undefined) ??
      endingOf(namespace)?.word ??
      wordFirst.exec(namespace)?.groups?.word ??
      beginning?.word);
  const isOfName =
    beginning !== undefined && areAlike(beginning.word, environment ?? '');
  return {
    environment,
    application: ending?.rest ?? (isOfName ? beginning.rest : name),
  };
}

/** `cart-pre-prod` ends in `pre-prod`. */
function endingOf(text: string): { word: string; rest: string } | undefined {
  const parts = text.split(/([-_.])/);
  // The separators are parts as well: the longest ending first.
  for (
    let at = Math.max(2, parts.length - longest + 1);
    at < parts.length;
    at += 1
  ) {
    const word = parts.slice(at).join('');
    const rest = parts.slice(0, at - 1).join('');
    if (at % 2 === 0 && rest !== '' && isEnvironmentWord(word)) {
      return { word, rest };
    }
  }
  return undefined;
}

/** `prod` and `production`, `dev` and `Development`. */
function areAlike(a: string, b: string): boolean {
  return a.slice(0, 3).toLowerCase() === b.slice(0, 3).toLowerCase();
}
