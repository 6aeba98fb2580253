import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { day2Permissions } from '@day2/backstage-plugin-day2-common';
import {
  day2EffectsExtensionPoint,
  day2SourcesExtensionPoint,
} from '@day2/backstage-plugin-day2-node';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { readDay2Config } from './config';
import { createReads } from './createReads';
import { createWrites } from './createWrites';
import { migrateDatabase } from './database';
import { EffectRegistry } from './effects/EffectRegistry';
import { createRouter } from './http/createRouter';
import { ObjectiveFilesSource } from './objectives/files/ObjectiveFilesSource';
import { RouteAccessService } from './permissions/RouteAccessService';
import { ServiceAccess } from './permissions/ServiceAccess';
import { PersonStore } from './persons/PersonStore';
import { DirectoryLease } from './services/DirectoryLease';
import { ServiceDirectory } from './services/ServiceDirectory';
import { SourceRegistry } from './sources/SourceRegistry';
import { SubjectStore } from './subjects/SubjectStore';

/**
 * The hub of Day 2.
 *
 * @public
 */
export const day2Plugin = createBackendPlugin({
  pluginId: 'day2',
  register(env) {
    const registry = SourceRegistry.create();
    env.registerExtensionPoint(day2SourcesExtensionPoint, registry);
    const effects = EffectRegistry.create();
    env.registerExtensionPoint(day2EffectsExtensionPoint, effects);
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
        signals: signalsServiceRef,
        urlReader: coreServices.urlReader,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        const config = readDay2Config(deps.rootConfig);
        for (const problem of config.problems) {
          deps.logger.error('The configuration has a mistake', { problem });
        }
        const database = await deps.database.getClient();
        if (!deps.database.migrations?.skip) {
          await migrateDatabase({ database });
        }
        deps.permissionsRegistry.addPermissions(day2Permissions);

        registry.addSource(
          ObjectiveFilesSource.create({
            ...deps,
            config: deps.rootConfig,
            folders: config.catalogFolders,
            kinds: config.serviceKinds,
          }),
        );
        const holder = `${hostname().slice(0, 60)}-${randomUUID().slice(0, 8)}`;
        const lease = DirectoryLease.create({ database, holder });
        const base = {
          ...deps,
          database,
          config,
          lease,
          holder,
          sources: () => registry.list(),
          effects: () => effects.list(),
          now: Date.now,
        };
        const reads = createReads(base);
        const directory = ServiceDirectory.create({
          ...base,
          persons: PersonStore.create({ database }),
          subjects: SubjectStore.create({ database }),
          kinds: config.serviceKinds,
        });
        const access = RouteAccessService.create({
          ...base,
          serviceAccess: ServiceAccess.create({ ...base, ...reads, directory }),
        });
        const writes = createWrites({ ...base, reads, directory, access });
        // Nothing else may be below: the policy is of all that begins with it.
        deps.httpRouter.addAuthPolicy({
          path: '/webhooks',
          allow: 'unauthenticated',
        });
        deps.httpRouter.use(writes.webhooks);
        deps.httpRouter.use(
          createRouter({
            ...base,
            access,
            baseUrl: config.apiBaseUrl,
            handlers: { ...reads.handlers, ...writes.handlers },
          }),
        );

        // It only wakes us: the lease decides who reads.
        await deps.scheduler.scheduleTask({
          id: 'read-catalog',
          scope: 'local',
          frequency: { seconds: 10 },
          timeout: { minutes: 10 },
          fn: async signal => {
            if (await lease.isDue()) {
              await directory.reconcile({ signal });
            }
          },
        });
        deps.lifecycle.addStartupHook(() => writes.start());
        deps.lifecycle.addShutdownHook(() => writes.stop());
      },
    });
  },
});
