import { FAILSAFE_SCHEMA, loadAll, type Schema, Type } from 'js-yaml';
import type { Document, ParsedFile } from './model';

/** A mapping of YAML. */
export type Mapping = Record<string, unknown>;

/** Whether a value is a mapping. */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path of keys, where all of them are mappings. */
export function at(value: unknown, ...path: string[]): unknown {
  let current = value;
  for (const key of path) {
    if (!isMapping(current) || !Object.hasOwn(current, key)) {
      return undefined;
    }
    current = current[key];
  }
  return current;
}

/** The text at a path; with the failsafe schema every scalar is one. */
export function textAt(value: unknown, ...path: string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** The list at a path, empty where there is none. */
export function listAt(value: unknown, ...path: string[]): unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/**
 * Every scalar stays the text it was written as: a version `1.10` is not 1.1
 * and `12e4567` no infinity. Tags that only their own tools know are passed over.
 */
function createSchema(): Schema {
  const kinds = ['scalar', 'sequence', 'mapping'] as const;
  const passed = ['!', 'tag:yaml.org,2002:'].flatMap(prefix =>
    kinds.map(kind => new Type(prefix, { kind, multi: true, construct: same })),
  );
  const merge = new Type('tag:yaml.org,2002:merge', {
    kind: 'scalar',
    resolve: (data: unknown) => data === '<<',
  });
  return FAILSAFE_SCHEMA.extend({ implicit: [merge], explicit: passed });
}

function same(data: unknown): unknown {
  return data;
}

const schema = createSchema();
const templateLine = /^[ \t]*(?:-[ \t]+)?\{\{-?|:[ \t]{1,20}\{\{-?\s/m;

/** Parses a file of YAML documents. */
export function parseYaml(content: Buffer): ParsedFile {
  if (content.subarray(0, 8000).includes(0)) {
    return { skipped: 'binary' };
  }
  const text = content.toString('utf8');
  const values: unknown[] = [];
  try {
    loadAll(text, value => values.push(value), { schema });
  } catch {
    return { skipped: text.includes('{{') ? 'Helm template' : 'not YAML' };
  }
  if (text.includes('{{') && templateLine.test(text)) {
    return { skipped: 'Helm template' };
  }
  const documents = values
    .filter(value => typeof value === 'object' && value !== null)
    .flatMap(expandList)
    .map(value => ({ resource: resourceOf(value), value }));
  if (
    documents.length === 0 &&
    values.some(value => typeof value === 'string')
  ) {
    return { skipped: 'not YAML' };
  }
  return { documents };
}

/** `kind: List` holds its documents as items. */
function expandList(value: unknown): unknown[] {
  return /^(List|.*List)$/.test(textAt(value, 'kind') ?? '') &&
    Array.isArray(at(value, 'items'))
    ? listAt(value, 'items')
    : [value];
}

function resourceOf(value: unknown): Document['resource'] {
  const kind = textAt(value, 'kind');
  const name = textAt(value, 'metadata', 'name');
  return kind && name ? `${kind}/${name}` : undefined;
}
