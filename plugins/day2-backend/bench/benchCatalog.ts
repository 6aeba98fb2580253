import {
  createBackendModule,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';

/** Whether the conditional caller sees it. */
export function isOwners(service: { name: string }): boolean {
  return Number(service.name.replace('service-', '')) % 2 === 0;
}

const LOCATION = {
  'backstage.io/managed-by-location': 'url:https://git.example/',
  'backstage.io/managed-by-origin-location': 'url:https://git.example/',
};
const DEPARTMENTS = 5;

/**
 * A catalog of components, by an entity provider; half of it is the conditional
 * caller's. The rest is of `teams`, in departments of one company, where there
 * are any.
 */
export function benchCatalog(options: {
  services: number;
  teams?: number;
}): BackendFeature[] {
  const { teams = 0 } = options;
  return [
    createBackendModule({
      pluginId: 'catalog',
      moduleId: 'day2-bench',
      register(reg) {
        reg.registerInit({
          deps: { processing: catalogProcessingExtensionPoint },
          async init({ processing }) {
            processing.addEntityProvider({
              getProviderName: () => 'day2-bench',
              connect: async connection => {
                await connection.applyMutation({
                  type: 'full',
                  entities: [
                    ...Array.from({ length: options.services }, (_, index) =>
                      componentOf(index, teams),
                    ),
                    ...groupsOf(teams),
                  ].map(entity => ({ locationKey: 'day2-bench', entity })),
                });
              },
            });
          },
        });
      },
    }),
  ];
}

function componentOf(index: number, teams: number): Entity {
  const others = teams > 0 ? `team-${index % teams}` : 'others';
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: `service-${index}`, annotations: LOCATION },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: index % 2 === 0 ? 'user:default/owner' : `group:default/${others}`,
    },
  };
}

function groupsOf(teams: number): Entity[] {
  const group = (name: string, parent?: string): Entity => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, annotations: LOCATION },
    spec: { type: 'team', children: [], ...(parent ? { parent } : {}) },
  });
  return teams === 0
    ? []
    : [
        group('company'),
        ...Array.from({ length: DEPARTMENTS }, (_, index) =>
          group(`department-${index}`, 'company'),
        ),
        ...Array.from({ length: teams }, (_, index) =>
          group(`team-${index}`, `department-${index % DEPARTMENTS}`),
        ),
      ];
}
