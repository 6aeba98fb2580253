import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  BrokenSource,
  day2SourcesExtensionPoint,
  isBrokenEntry,
} from '@day2/backstage-plugin-day2-node';
import { AlertmanagerSource } from './AlertmanagerSource';
import { readAlertmanagerConfig } from './config';

/**
 * Adds a source for each entry of `day2.alertmanager.instances`.
 *
 * @public
 */
export const day2ModuleAlertmanager = createBackendModule({
  pluginId: 'day2',
  moduleId: 'alertmanager',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        sources: day2SourcesExtensionPoint,
      },
      async init({ config, logger, sources }) {
        for (const entry of readAlertmanagerConfig(config)) {
          if (isBrokenEntry(entry)) {
            logger.error('An Alertmanager instance is misconfigured', {
              ...entry,
            });
            sources.addSource(
              BrokenSource.create({ ...entry, type: 'alertmanager' }),
            );
          } else {
            sources.addSource(AlertmanagerSource.create({ config: entry }));
          }
        }
      },
    });
  },
});
