import { parseEntityRef } from '@backstage/catalog-model';

/** `payments` of `group:default/payments`; the whole of what is no ref. */
export function nameOf(ref: string): string {
  try {
    const { name, namespace } = parseEntityRef(ref);
    return namespace === 'default' ? name : `${namespace}/${name}`;
  } catch {
    return ref;
  }
}
