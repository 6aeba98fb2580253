/** One requirement of a Kubernetes label selector. */
export interface LabelRequirement {
  key: string;
  operator: 'in' | 'not-in' | 'exists' | 'not-exists';
  values: string[];
}

/** What a selector may be at most: it is written by whoever writes an entity. */
const MAX_LENGTH = 4_000;

/**
 * A Kubernetes label selector (`a=b,c!=d,e in (f,g),h,!i`) as requirements;
 * undefined where it cannot be read, so that it matches nothing,
 * as one of over 4,000 characters does.
 */
export function parseLabelSelector(
  text: string,
): LabelRequirement[] | undefined {
  if (text.length > MAX_LENGTH) {
    return undefined;
  }
  const requirements: LabelRequirement[] = [];
  for (const part of splitSelector(text)) {
    const requirement = parseRequirement(part.trim());
    if (!requirement) {
      return undefined;
    }
    requirements.push(requirement);
  }
  return requirements;
}

/** The requirements of a selector as texts: parted by commas outside parentheses. */
export function splitSelector(characters: Iterable<string>): string[] {
  const parts: string[] = [];
  let part = '';
  let inside = false;
  for (const character of characters) {
    if (character === ',' && !inside) {
      parts.push(part);
      part = '';
      continue;
    }
    if (character === '(' || character === ')') {
      inside = character === '(';
    }
    part += character;
  }
  return [...parts, part];
}

/** Whether labels meet every requirement. */
export function labelsMatch(
  requirements: LabelRequirement[],
  labels: Record<string, string>,
): boolean {
  return requirements.every(({ key, operator, values }) => {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
    switch (operator) {
      case 'in':
        return value !== undefined && values.includes(value);
      case 'not-in':
        return value === undefined || !values.includes(value);
      case 'exists':
        return value !== undefined;
      default:
        return value === undefined;
    }
  });
}

function parseRequirement(text: string): LabelRequirement | undefined {
  const set = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(text);
  if (set) {
    return {
      key: set[1],
      operator: set[2] === 'in' ? 'in' : 'not-in',
      values: set[3].split(',').map(value => value.trim()),
    };
  }
  const equality = /^([^\s=!]+)\s*(==|=|!=)\s*([^\s=!]*)$/.exec(text);
  if (equality) {
    return {
      key: equality[1],
      operator: equality[2] === '!=' ? 'not-in' : 'in',
      values: [equality[3]],
    };
  }
  const presence = /^(!?)([^\s=!]+)$/.exec(text);
  return presence
    ? {
        key: presence[2],
        operator: presence[1] ? 'not-exists' : 'exists',
        values: [],
      }
    : undefined;
}
