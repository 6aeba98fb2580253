import { parseLabelPattern } from './labelPattern';

/** One matcher of `day2/alerts`, e.g. `service="cart"`. */
export interface AlertMatcher {
  label: string;
  negated: boolean;
  /** Of `=` and `!=`: the value; of `=~` and `!~` absent. */
  value?: string;
  test: (text: string) => boolean;
  /** What it takes is spelled out: a value, or patterns that begin with one. */
  names: boolean;
}

/** What an annotation may be at most: it is written by whoever writes an entity. */
const MAX_LENGTH = 4_000;
const matcher =
  /^\s*(?<label>[a-zA-Z_][\w]*)\s*(?<operator>=~|!~|!=|=)\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<bare>[^"',;{}]*?))\s*(?:,|$)/;

/**
 * `day2/alerts`: sets of label matchers as PromQL writes them, parted by `;`,
 * each with its braces or without: `service="cart",severity=~"page|ticket";
 * job="cart"`. An alert that one of them selects is the service's. What cannot
 * be read selects nothing.
 */
export function parseAlertMatchers(text: string): AlertMatcher[][] {
  return text.length > MAX_LENGTH
    ? []
    : splitSets(text).flatMap(part => {
        const set = parseSet(part);
        return set ? [set] : [];
      });
}

/** Whether labels meet every matcher; an absent label is an empty one. */
export function alertMatches(
  matchers: readonly AlertMatcher[],
  labels: Record<string, string>,
): boolean {
  return matchers.every(({ label, negated, test }) => {
    const value = Object.hasOwn(labels, label) ? labels[label] : '';
    return test(value) !== negated;
  });
}

/**
 * The labels whose values are spelled out: `service="cart"`, `service=~"cart-.*"`.
 * Not `service=~".+"`, which every alert of every service meets.
 */
export function namedLabels(matchers: readonly AlertMatcher[]): string[] {
  return matchers
    .filter(each => each.names && isDemand(each))
    .map(({ label }) => label);
}

function isDemand({ negated, test }: AlertMatcher): boolean {
  return !negated && !test('');
}

/** At `;` outside quotes. */
function splitSets(text: string): string[] {
  const sets = [''];
  let quote = '';
  for (const character of text) {
    if (character === ';' && quote === '') {
      sets.push('');
      continue;
    }
    if (quote === character) {
      quote = '';
    } else if (quote === '' && (character === '"' || character === "'")) {
      quote = character;
    }
    sets[sets.length - 1] += character;
  }
  return sets;
}

function parseSet(part: string): AlertMatcher[] | undefined {
  let rest = part
    .trim()
    .replace(/^\{|\}$/g, '')
    .trim();
  const matchers: AlertMatcher[] = [];
  while (rest !== '') {
    const found = matcher.exec(rest);
    const read = found?.groups && parseMatcher(found.groups);
    if (!read) {
      return undefined;
    }
    matchers.push(read);
    rest = rest.slice(found[0].length);
  }
  // One that any alert meets, as it demands nothing, is a mistake.
  return matchers.some(isDemand) ? matchers : undefined;
}

function parseMatcher(
  groups: Record<string, string | undefined>,
): AlertMatcher | undefined {
  const { label = '', operator, double, single, bare } = groups;
  const value = double ?? single ?? bare ?? '';
  const negated = operator === '!=' || operator === '!~';
  if (operator === '=' || operator === '!=') {
    return {
      label,
      negated,
      value,
      test: text => text === value,
      names: true,
    };
  }
  const pattern = parseLabelPattern(value);
  return pattern && { label, negated, ...pattern };
}
