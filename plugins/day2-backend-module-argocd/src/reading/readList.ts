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

/** Items by key; those without a name are set aside. */
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
    const key = `${metadata.namespace ?? ''}/${metadata.name}`;
    listed.set(key, {
      key,
      ...metadata,
      project: spec?.project,
      hash: createHash('sha256')
        .update(JSON.stringify(item))
        .digest('base64url')
        .slice(0, 12),
    });
  }
  return { listed, unreadable };
}
