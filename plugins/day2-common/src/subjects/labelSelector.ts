/** One requirement of a Kubernetes label selector. */
export interface LabelRequirement {
  key: string;
  operator: 'in' | 'not-in' | 'exists' | 'not-exists';
  values: string[];
}

/**
 * A Kubernetes label selector (`a=b,c!=d,e in (f,g),h,!i`) as requirements;
 * undefined where it cannot be read, so that it matches nothing.
 */
export function parseLabelSelector(
  text: string,
): LabelRequirement[] | undefined {
  const requirements: LabelRequirement[] = [];
  for (const part of text.split(/,(?![^(]*\))/)) {
    const requirement = parseRequirement(part.trim());
    if (!requirement) {
      return undefined;
    }
    requirements.push(requirement);
  }
  return requirements;
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
