import type { FieldChange } from '@day2/backstage-plugin-day2-common';
import { readLines } from '../readers/readPattern';
import { flatten } from './flatten';
import type { Field, ParsedFile } from './model';
import { showValue } from './secrets';

/** A field that differs, and the key by which readers name it. */
export interface FieldDiff {
  change: FieldChange;
  /** `file|resource|field` */
  key: string;
}

/** What differs between two states of a file, field by field. */
export function diffFiles(options: {
  path: string;
  before?: ParsedFile;
  after?: ParsedFile;
}): FieldDiff[] {
  const { path } = options;
  const before = fieldsOf(options.before);
  const after = fieldsOf(options.after);
  const diffs: FieldDiff[] = [];
  function add(field: Field, from?: Field, to?: Field): void {
    const secret = Boolean(from?.secret || to?.secret);
    diffs.push({
      key: `${path}|${field.resource}|${field.field}`,
      change: {
        file: path,
        ...(field.resource ? { resource: field.resource } : {}),
        field: field.field,
        ...(from ? { from: showValue(from.value, secret) } : {}),
        ...(to ? { to: showValue(to.value, secret) } : {}),
      },
    });
  }
  for (const [key, to] of after) {
    const from = before.get(key);
    if (!from || from.value !== to.value) {
      add(to, from, to);
    }
  }
  for (const [key, from] of before) {
    if (!after.has(key)) {
      add(from, from, undefined);
    }
  }
  return diffs;
}

function fieldsOf(file: ParsedFile | undefined): Map<string, Field> {
  const fields = new Map<string, Field>();
  if (!file || !('documents' in file)) {
    return fields;
  }
  const all: Field[] =
    file.text === undefined
      ? file.documents.flatMap(document => flatten(document))
      : readLines(file.text).map(({ field, value }) => ({
          field,
          value,
          secret: /pass|pwd|secret|token|key|credential|dsn/i.test(field),
        }));
  for (const field of all) {
    const base = `${field.resource}|${field.field}`;
    // Documents without a name are told apart by their position.
    let key = base;
    for (let n = 2; fields.has(key); n++) {
      key = `${base}|${n}`;
    }
    fields.set(key, field);
  }
  return fields;
}
