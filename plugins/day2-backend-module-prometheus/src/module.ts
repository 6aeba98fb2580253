import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  BrokenSource,
  day2SourcesExtensionPoint,
  isBrokenEntry,
} from '@day2/backstage-plugin-day2-node';
import { readPrometheusConfig } from './config';
import { PrometheusSource } from './PrometheusSource';

/**
 * Adds a source for each entry of `day2.prometheus.instances`.
 *
 * @public
 */
export const day2ModulePrometheus = createBackendModule({
  pluginId: 'day2',
  moduleId: 'prometheus',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        sources: day2SourcesExtensionPoint,
      },
      async init({ config, logger, sources }) {
        for (const entry of readPrometheusConfig(config)) {
          if (isBrokenEntry(entry)) {
            logger.error('A Prometheus instance is misconfigured', {
              ...entry,
            });
            sources.addSource(
              BrokenSource.create({ ...entry, type: 'prometheus' }),
            );
          } else {
            sources.addSource(PrometheusSource.create({ config: entry }));
          }
        }
      },
    });
  },
});
