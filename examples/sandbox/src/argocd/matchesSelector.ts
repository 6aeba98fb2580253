/**
 * Whether labels match a Kubernetes label selector: `a=b`, `a==b`, `a!=b`,
 * `a in (b,c)`, `a notin (b,c)`, `a`, `!a`, separated by commas.
 *
 * @throws Error with the words of Kubernetes where it is none.
 */
export function matchesSelector(
  labels: Record<string, string>,
  selector: string,
): boolean {
  return selector
    .split(/,(?![^(]*\))/)
    .map(part => part.trim())
    .filter(Boolean)
    .every(part => matches(labels, part));
}

const key = '[\\w./-]+';
const set = new RegExp(
  `^(?<name>${key})\\s+(?<word>in|notin)\\s*\\((?<values>[^)]*)\\)$`,
);
const equality = new RegExp(
  `^(?<name>${key})\\s*(?<word>==|=|!=)\\s*(?<values>[\\w.-]*)$`,
);
const existence = new RegExp(`^(?<word>!?)\\s*(?<name>${key})$`);

function matches(labels: Record<string, string>, part: string): boolean {
  const groups = (set.exec(part) ?? equality.exec(part))?.groups;
  if (groups) {
    const values = groups.values.split(',').map(value => value.trim());
    const isNegated = groups.word === 'notin' || groups.word === '!=';
    const value = labels[groups.name];
    return (value !== undefined && values.includes(value)) !== isNegated;
  }
  const exists = existence.exec(part)?.groups;
  if (!exists) {
    throw new Error(`unable to parse requirement: ${part}`);
  }
  return exists.name in labels === (exists.word === '');
}
