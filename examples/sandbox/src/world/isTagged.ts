import type { ServiceSpec } from './ServiceSpec';

/** Whether CI tags the commit of each image of that service. */
export function isTagged(spec: ServiceSpec): boolean {
  return spec.tagShape.endsWith('git-tag');
}
