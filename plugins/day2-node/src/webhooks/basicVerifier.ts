import { InputError } from '@backstage/errors';
import { matchesSecret } from './matchesSecret';
import { requireSecrets } from './requireSecrets';
import type { WebhookVerifier } from './WebhookVerifier';

/** Who may send. @public */
export interface BasicVerifierOptions {
  /** Any of them, so that one can be changed for another. */
  users: { username: string; password: string }[];
}

/**
 * Verifies by `Authorization: Basic`, a name and a password in UTF-8.
 *
 * @throws InputError where there is no user, a password is empty, or a name
 * has a colon, which no header can say
 * @public
 */
export function basicVerifier(options: BasicVerifierOptions): WebhookVerifier {
  const { users } = options;
  requireSecrets(
    'basicVerifier: passwords',
    users.map(({ password }) => password),
  );
  if (users.some(({ username }) => username.includes(':'))) {
    throw new InputError('basicVerifier: a username must have no colon');
  }
  return ({ headers }) => {
    const words = /^basic +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
    return matchesSecret({
      given:
        words === undefined ? [] : [Buffer.from(words, 'base64').toString()],
      expected: users.map(
        ({ username, password }) => `${username}:${password}`,
      ),
    });
  };
}
