import { objectId } from '../pagerduty/objectId';
import { ownerOf } from '../world/ownerOf';
import type { ServiceSpec } from '../world/ServiceSpec';

/** Where the sandbox listens unless told otherwise. */
export const defaultUrl = 'http://localhost:7010';

/** The catalog entity of a service that is matched by its name alone. */
export function componentOf(spec: ServiceSpec): object {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: spec.name,
      description: spec.description,
      tags: ['sandbox', spec.language],
      annotations: {
        'backstage.io/source-location': `url:${defaultUrl}/git/${spec.repository}.git`,
        // The same without host and port, which may be another one.
        'gitlab.com/project-slug': `git/${spec.repository}`,
        'pagerduty.com/service-id': objectId('service', spec.name),
        'day2/sandbox': 'true',
        'day2/tier': `${spec.tier}`,
      },
    },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: ownerOf(spec),
      system: spec.system,
      dependsOn: spec.dependsOn.map(name => `component:default/${name}`),
    },
  };
}
