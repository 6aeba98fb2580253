import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import {
  coreServices,
  createServiceFactory,
  type AuthService,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';

/**
 * Test tokens, with the mark of "a plugin asks for a user" that real ones bear:
 * the permission backend answers conditions to plugins only.
 */
export function benchAuth(): BackendFeature[] {
  return [
    httpAuthServiceFactory,
    createServiceFactory({
      service: coreServices.auth,
      deps: { plugin: coreServices.pluginMetadata },
      factory: ({ plugin }) => {
        const auth = mockServices.auth({ pluginId: plugin.getId() });
        const authenticate = auth.authenticate.bind(auth);
        const authenticateForPlugin: AuthService['authenticate'] = async (
          ...options
        ) => {
          const credentials = await authenticate(...options);
          return auth.isPrincipal(credentials, 'user')
            ? {
                ...credentials,
                principal: {
                  ...credentials.principal,
                  actor: { type: 'service', subject: 'plugin:bench' },
                },
              }
            : credentials;
        };
        auth.authenticate = authenticateForPlugin;
        return auth;
      },
    }),
  ];
}
