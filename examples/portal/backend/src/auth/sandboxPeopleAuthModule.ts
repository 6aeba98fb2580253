import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { createSandboxPeopleAuthenticator } from './createSandboxPeopleAuthenticator';
import { signInSandboxPerson } from './signInSandboxPerson';

/**
 * Adds the auth provider `sandboxPeople`, which signs in one of the people
 * listed below `auth.providers.sandboxPeople.people`, without a password. For
 * the sandbox on one's own machine and for tests, and refused elsewhere.
 *
 * A script signs in with one request and finds the token in
 * `backstageIdentity.token` of the answer:
 *
 * ```
 * GET /api/auth/sandboxPeople/refresh?person=bo
 * ```
 */
export const sandboxPeopleAuthModule = createBackendModule({
  pluginId: 'auth',
  moduleId: 'sandbox-people-provider',
  register(reg) {
    reg.registerInit({
      deps: {
        providers: authProvidersExtensionPoint,
        logger: coreServices.logger,
      },
      async init({ providers, logger }) {
        providers.registerProvider({
          providerId: 'sandboxPeople',
          factory: createProxyAuthProviderFactory({
            authenticator: createSandboxPeopleAuthenticator({
              development: process.env.NODE_ENV === 'development',
              logger,
            }),
            signInResolver: signInSandboxPerson,
          }),
        });
      },
    });
  },
});
