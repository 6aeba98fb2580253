import { InputError } from '@backstage/errors';

/**
 * Who forgot the secret must not get a verifier that lets everybody in.
 *
 * @throws InputError where there is none, or an empty one
 */
export function requireSecrets(what: string, secrets: string[]): void {
  if (secrets.length === 0 || secrets.includes('')) {
    throw new InputError(`${what} needs at least one, and none may be empty`);
  }
}
