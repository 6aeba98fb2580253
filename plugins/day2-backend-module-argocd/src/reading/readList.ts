import { createHash } from 'node:crypto';
import { ListedApplication } from '../schema';

/** One application of the list. */
export interface Listed {
  /** `namespace/name`. */
  key: string;
  name: string;
  namespace?: string;
  project?: string;
  /** Of all that the list says of it: another hash, another state. */
  hash: string;
}

/** Items by key; those without a name that can be asked for are set aside. */
export function readList(items: unknown[]): {
  listed: Map<string, Listed>;
  unreadable: unknown[];
} {
  const listed = new Map<string, Listed>();
  const unreadable: unknown[] = [];
  for (const item of items) {
    const parsed = ListedApplication.safeParse(item);
    if (!parsed.success) {
      unreadable.push(item);
      continue;
    }
    const { metadata, spec } = parsed.data;
    if (/^\.{1,2}$/.test(metadata.name)) {
      // As a part of a path it would ask for something else.
      unreadable.push(item);
      continue;
    }
    const key = `${metadata.namespace ?? ''}/${metadata.name}`;
    listed.set(key, {
      key,
      ...metadata,
      project: spec?.project,
      hash: hashOf(item),
    });
  }
  return { listed, unreadable };
}

/** One and the same for all that is nested too deep to tell apart. */
function hashOf(item: unknown): string {
  let text: string;
  try {
    text = JSON.stringify(item);
  } catch {
    return 'too-deep';
  }
  return createHash('sha256').update(text).digest('base64url').slice(0, 12);
}
