import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';
import { readSandboxPeople, SandboxPerson } from './readSandboxPeople';

/** The sign-in page sends the name in a header, a script in the query. */
const PERSON_HEADER = 'x-sandbox-person';

/** What the provider needs besides its configuration. */
export interface CreateSandboxPeopleAuthenticatorOptions {
  /** Whether the backend runs in development (`NODE_ENV`). */
  development: boolean;
  logger: LoggerService;
}

/** Turns a request that names a listed person into that person. */
export function createSandboxPeopleAuthenticator(
  options: CreateSandboxPeopleAuthenticatorOptions,
) {
  const { development, logger } = options;

  return createProxyAuthenticator({
    defaultProfileTransform: async (person: SandboxPerson) => ({
      profile: { displayName: person.displayName, email: person.email },
    }),

    initialize({ config }) {
      const allowed =
        config.getOptionalBoolean('dangerouslyAllowOutsideDevelopment') ===
        true;
      if (!development && allowed) {
        logger.warn(
          'Anyone who reaches this portal can sign in as any of the sandbox people, because auth.providers.sandboxPeople.dangerouslyAllowOutsideDevelopment is set',
        );
      }
      return {
        enabled: development || allowed,
        people: readSandboxPeople(config),
      };
    },

    async authenticate({ req }, { enabled, people }) {
      if (!enabled) {
        throw new NotAllowedError(
          "The sandbox's people can sign in only in development, unless auth.providers.sandboxPeople.dangerouslyAllowOutsideDevelopment is true",
        );
      }
      const name = req.header(PERSON_HEADER) ?? req.query.person;
      if (typeof name !== 'string' || name === '') {
        throw new InputError(
          `Say who signs in: ?person=<name>, one of ${[...people.keys()].join(
            ', ',
          )}`,
        );
      }
      const person = people.get(name);
      if (!person) {
        throw new NotAllowedError(
          'This person is not listed in auth.providers.sandboxPeople.people',
        );
      }
      return { result: person };
    },
  });
}
