import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  BrokenSource,
  day2SourcesExtensionPoint,
  isBrokenEntry,
} from '@day2/backstage-plugin-day2-node';
import { ArgocdSource } from './ArgocdSource';
import { readArgocdConfig } from './config';

/**
 * Adds a source for each entry of `day2.argocd.instances`.
 *
 * @public
 */
export const day2ModuleArgocd = createBackendModule({
  pluginId: 'day2',
  moduleId: 'argocd',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        sources: day2SourcesExtensionPoint,
      },
      async init({ config, logger, sources }) {
        for (const entry of readArgocdConfig(config)) {
          if (isBrokenEntry(entry)) {
            logger.error('An Argo CD instance is misconfigured', { ...entry });
            sources.addSource(
              BrokenSource.create({ ...entry, type: 'argocd' }),
            );
          } else {
            sources.addSource(ArgocdSource.create({ config: entry }));
          }
        }
      },
    });
  },
});
