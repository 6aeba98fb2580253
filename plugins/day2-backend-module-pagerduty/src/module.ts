import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  BrokenSource,
  day2SourcesExtensionPoint,
  isBrokenEntry,
} from '@day2/backstage-plugin-day2-node';
import { readPagerdutyConfig } from './config';
import { PagerdutySource } from './PagerdutySource';

/**
 * Adds a source for each entry of `day2.pagerduty.accounts`.
 *
 * @public
 */
export const day2ModulePagerduty = createBackendModule({
  pluginId: 'day2',
  moduleId: 'pagerduty',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        sources: day2SourcesExtensionPoint,
      },
      async init({ config, logger, sources }) {
        for (const entry of readPagerdutyConfig(config)) {
          if (isBrokenEntry(entry)) {
            logger.error('A PagerDuty account is misconfigured', { ...entry });
            sources.addSource(
              BrokenSource.create({ ...entry, type: 'pagerduty' }),
            );
          } else {
            sources.addSource(PagerdutySource.create({ config: entry }));
          }
        }
      },
    });
  },
});
