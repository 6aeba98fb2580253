import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { notificationService } from '@backstage/plugin-notifications-node';
import { day2EffectsExtensionPoint } from '@day2/backstage-plugin-day2-node';
import { readNotificationsConfig } from './config';
import { NotificationsEffect } from './NotificationsEffect';

/**
 * Sends Backstage notifications of incidents and objectives to the owners of
 * their services.
 *
 * @public
 */
export const day2ModuleNotifications = createBackendModule({
  pluginId: 'day2',
  moduleId: 'notifications',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        effects: day2EffectsExtensionPoint,
        notifications: notificationService,
      },
      async init({ config, effects, notifications }) {
        effects.addEffect(
          NotificationsEffect.create({
            notifications,
            config: readNotificationsConfig(config),
          }),
        );
      },
    });
  },
});
