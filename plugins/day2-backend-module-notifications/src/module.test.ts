import {
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { notificationService } from '@backstage/plugin-notifications-node';
import {
  day2EffectsExtensionPoint,
  type Effect,
} from '@day2/backstage-plugin-day2-node';
import day2ModuleNotifications from '.';

it('hands its effect to the hub', async () => {
  const added: Effect[] = [];
  const backend = await startTestBackend({
    features: [
      createBackendPlugin({
        pluginId: 'day2',
        register(env) {
          env.registerExtensionPoint(day2EffectsExtensionPoint, {
            addEffect: effect => void added.push(effect),
          });
          env.registerInit({ deps: {}, async init() {} });
        },
      }),
      day2ModuleNotifications,
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({ send: async () => {} }),
      }),
      mockServices.rootConfig.factory({ data: {} }),
    ],
  });
  expect(added.map(({ id, kinds }) => [id, kinds])).toEqual([
    ['notifications', ['incident', 'objective']],
  ]);
  await backend.stop();
});
