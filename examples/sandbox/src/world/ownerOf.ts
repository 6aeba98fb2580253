import type { ServiceSpec } from './ServiceSpec';

/** The owner a catalog entity names; a group that does not exist where nobody owns it. */
export function ownerOf(spec: ServiceSpec): string {
  return `group:default/${
    spec.team === 'nobody' ? 'data-services' : spec.team
  }`;
}
