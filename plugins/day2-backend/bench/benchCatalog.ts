import {
  createBackendModule,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';

/** Whether the conditional caller sees it. */
export function isOwners(service: { name: string }): boolean {
  return Number(service.name.replace('service-', '')) % 2 === 0;
}

/** A catalog of components, by an entity provider; half of it is the conditional caller's. */
export function benchCatalog(options: { services: number }): BackendFeature[] {
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
                  entities: Array.from(
                    { length: options.services },
                    (_, index) => ({
                      locationKey: 'day2-bench',
                      entity: {
                        apiVersion: 'backstage.io/v1alpha1',
                        kind: 'Component',
                        metadata: {
                          name: `service-${index}`,
                          annotations: {
                            'backstage.io/managed-by-location':
                              'url:https://git.example/',
                            'backstage.io/managed-by-origin-location':
                              'url:https://git.example/',
                          },
                        },
                        spec: {
                          type: 'service',
                          lifecycle: 'production',
                          owner:
                            index % 2 === 0
                              ? 'user:default/owner'
                              : 'group:default/others',
                        },
                      },
                    }),
                  ),
                });
              },
            });
          },
        });
      },
    }),
  ];
}
