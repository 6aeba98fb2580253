import type { Document, Field } from './model';
import { isMapping, textAt } from './yaml';
import { isSecretField } from './secrets';

const maxFields = 5_000;
const maxDepth = 40;

/** Written by tools, not by people. */
const noise =
  /^(status(\.|$)|metadata\.(creationTimestamp|resourceVersion|uid|generation|managedFields|selfLink)\b)/;

/**
 * A document as fields with dotted paths, at most 5,000. Items of a list go by
 * their `name` where all have one, texts by themselves, else by position. References are followed,
 * so the bound also tames a file whose aliases multiply.
 */
export function flatten(document: Document): Field[] {
  const fields: Field[] = [];
  const kind = textAt(document.value, 'kind') ?? '';
  function visit(value: unknown, path: string, depth: number): void {
    if (fields.length >= maxFields || depth > maxDepth) {
      return;
    }
    if (Array.isArray(value)) {
      const names = value.map(item =>
        typeof item === 'string' && item.length <= 100 ? item : nameOf(item),
      );
      const named =
        value.length > 0 &&
        names.every(name => name !== undefined) &&
        new Set(names).size === names.length;
      value.forEach((item, index) =>
        visit(item, `${path}[${named ? names[index] : index}]`, depth + 1),
      );
      return;
    }
    if (isMapping(value)) {
      for (const key of Object.keys(value)) {
        const part = key.includes('.') && path ? `[${key}]` : key;
        const joined =
          path && !part.startsWith('[') ? `${path}.${part}` : `${path}${part}`;
        visit(value[key], joined, depth + 1);
      }
      return;
    }
    if (noise.test(path) && document.resource) {
      return;
    }
    fields.push({
      resource: document.resource,
      field: path,
      value: typeof value === 'string' ? value : '',
      secret: isSecretField({ kind, path }),
    });
  }
  visit(document.value, '', 0);
  return fields;
}

function nameOf(item: unknown): string | undefined {
  return textAt(item, 'name') ?? textAt(item, 'target', 'name');
}
