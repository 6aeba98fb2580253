import { parseEntityRef } from '@backstage/catalog-model';

/** A service as the API's paths name it. */
export interface ServiceParams {
  kind: string;
  namespace: string;
  name: string;
}

/** The path parameters of an entity ref. */
export function serviceParams(ref: string): ServiceParams {
  const { kind, namespace, name } = parseEntityRef(ref);
  return {
    kind: kind.toLocaleLowerCase('en-US'),
    namespace: namespace.toLocaleLowerCase('en-US'),
    name: name.toLocaleLowerCase('en-US'),
  };
}
