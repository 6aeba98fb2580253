import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { NotImplementedError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { day2Permissions } from '@day2/backstage-plugin-day2-common';
import { day2SourcesExtensionPoint } from '@day2/backstage-plugin-day2-node';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { readDay2Config } from './config';
import { createReads } from './createReads';
import { migrateDatabase } from './database';
import { createRouter } from './http/createRouter';
import { RouteAccessService } from './permissions/RouteAccessService';
import { ServiceAccess } from './permissions/ServiceAccess';
import { PersonStore } from './persons/PersonStore';
import { DirectoryLease } from './services/DirectoryLease';
import { ServiceDirectory } from './services/ServiceDirectory';
import { SubjectStore } from './subjects/SubjectStore';
import { SourceRegistry } from './sources/SourceRegistry';

/**
 * The hub of Day 2.
 *
 * @public
 */
export const day2Plugin = createBackendPlugin({
  pluginId: 'day2',
  register(env) {
    const registry = new SourceRegistry();
    env.registerExtensionPoint(day2SourcesExtensionPoint, registry);
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootConfig: coreServices.rootConfig,
        scheduler: coreServices.scheduler,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        const config = readDay2Config(deps.rootConfig);
        const database = await deps.database.getClient();
        if (!deps.database.migrations?.skip) {
          await migrateDatabase({ database });
        }
        deps.permissionsRegistry.addPermissions(day2Permissions);

        const holder = `${hostname()}-${randomUUID().slice(0, 8)}`;
        const lease = DirectoryLease.create({ database, holder });
        const common = {
          ...deps,
          database,
          config,
          lease,
          sources: () => registry.list(),
          now: Date.now,
        };
        const reads = createReads(common);
        const directory = ServiceDirectory.create({
          ...common,
          persons: PersonStore.create({ database }),
          subjects: SubjectStore.create({ database }),
          kinds: config.serviceKinds,
        });
        const access = RouteAccessService.create({
          ...deps,
          serviceAccess: ServiceAccess.create({
            ...deps,
            ...reads,
            store: reads.services,
            directory,
          }),
        });
        const soon = async () => {
          throw new NotImplementedError('Not wired yet');
        };
        deps.httpRouter.use(
          createRouter({
            ...deps,
            access,
            baseUrl: config.apiBaseUrl,
            handlers: {
              ...reads.handlers,
              createDeployment: soon,
              createEvent: soon,
              listSources: soon,
              listQuarantine: soon,
              controlSource: soon,
            },
          }),
        );
        await deps.scheduler.scheduleTask({
          id: 'read-catalog',
          scope: 'local',
          frequency: { seconds: 60 },
          timeout: { minutes: 10 },
          fn: async signal => {
            await directory.reconcile({ signal });
          },
        });
      },
    });
  },
});
