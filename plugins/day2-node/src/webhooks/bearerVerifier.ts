import { matchesSecret } from './matchesSecret';
import { requireSecrets } from './requireSecrets';
import type { WebhookVerifier } from './WebhookVerifier';

/** Who may send. @public */
export interface BearerVerifierOptions {
  /** Any of them, so that one can be changed for another. */
  tokens: string[];
}

/**
 * Verifies by `Authorization: Bearer <token>`.
 *
 * @throws InputError where there is no token, or an empty one
 * @public
 */
export function bearerVerifier(
  options: BearerVerifierOptions,
): WebhookVerifier {
  const { tokens } = options;
  requireSecrets('bearerVerifier: tokens', tokens);
  return ({ headers }) => {
    const token = /^bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
    return matchesSecret({
      given: token === undefined ? [] : [token],
      expected: tokens,
    });
  };
}
