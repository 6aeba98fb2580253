import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** One of the people who may be signed in without a password. */
export interface SandboxPerson {
  /** What the request says, for example `bo`. */
  name: string;
  /** The catalog user it stands for, for example `user:default/bo`. */
  userEntityRef: string;
  displayName: string;
  email?: string;
}

/**
 * Reads `auth.providers.sandboxPeople.people`.
 *
 * @throws InputError when a name is listed twice.
 */
export function readSandboxPeople(
  config: Config,
): ReadonlyMap<string, SandboxPerson> {
  const people = new Map<string, SandboxPerson>();
  for (const item of config.getOptionalConfigArray('people') ?? []) {
    const name = item.getString('name');
    if (people.has(name)) {
      throw new InputError(
        `auth.providers.sandboxPeople.people lists '${name}' twice`,
      );
    }
    people.set(name, {
      name,
      userEntityRef: item.getString('userEntityRef'),
      displayName: item.getOptionalString('displayName') ?? name,
      email: item.getOptionalString('email'),
    });
  }
  return people;
}
