import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { GeneratedLocationProvider } from './GeneratedLocationProvider';

/**
 * Reads the catalog file that `npm start -- --gitops <url>` writes, whenever it
 * is there. Entries of `catalog.locations` cannot be optional: a missing file
 * would be reported as an error at every pass.
 */
export const generatedLocationCatalogModule = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'generated-location',
  register(reg) {
    reg.registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ catalog, config }) {
        const file = config.getOptionalString('portal.generatedCatalog');
        if (file) {
          catalog.addEntityProvider(GeneratedLocationProvider.create({ file }));
        }
      },
    });
  },
});
