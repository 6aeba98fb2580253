import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  BrokenSource,
  day2SourcesExtensionPoint,
  type Source,
} from '@day2/backstage-plugin-day2-node';
import { isBroken, readGitConfig } from './config';
import { checkGit } from './git/checkGit';
import { gitMissing } from './git/describeFailure';
import { GitSource } from './GitSource';

/**
 * Adds a source for each entry of `day2.git.repositories`.
 *
 * @public
 */
export const day2ModuleGit = createBackendModule({
  pluginId: 'day2',
  moduleId: 'git',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        sources: day2SourcesExtensionPoint,
      },
      async init({ config, lifecycle, logger, sources }) {
        const { directory, maxMirrorBytes, repositories } =
          readGitConfig(config);
        if (repositories.length > 0 && !(await checkGit())) {
          const { message, fix } = gitMissing();
          logger.error(message, { fix });
        }
        for (const entry of repositories) {
          let source: Source;
          if (isBroken(entry)) {
            logger.error('A repository is misconfigured', { ...entry });
            source = BrokenSource.create({ ...entry, type: 'git' });
          } else {
            if (entry.notices.length > 0) {
              logger.warn('A repository has keys to look at', {
                name: entry.name,
                notices: entry.notices.join(' '),
              });
            }
            const git = GitSource.create({
              config: entry,
              directory,
              maxMirrorBytes,
              rootConfig: config,
            });
            lifecycle.addShutdownHook(() => git.close());
            source = git;
          }
          sources.addSource(source);
        }
      },
    });
  },
});
