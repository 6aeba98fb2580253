import { createHmac } from 'node:crypto';
import { matchesSecret } from './matchesSecret';
import { requireSecrets } from './requireSecrets';
import type { WebhookVerifier } from './WebhookVerifier';

// A tool signs with each of its secrets: two or three while they are changed.
const MAX_SIGNATURES = 20;

/** How a tool signs. @public */
export interface HmacVerifierOptions {
  /** Lower or upper case, e.g. `x-hub-signature-256`. */
  header: string;
  /** Any of them may have signed, so that one can be changed for another. */
  secrets: string[];
  /** `sha256` by default. */
  algorithm?: 'sha256' | 'sha1';
  /** `hex` by default. */
  encoding?: 'hex' | 'base64';
  /** What stands before each signature, e.g. `v1=`; those without it do not count. */
  prefix?: string;
}

/**
 * Verifies by an HMAC of the body as it came. The header may hold several
 * signatures, separated by commas, as PagerDuty's does: one must fit.
 *
 * @throws InputError where there is no secret, or an empty one
 * @public
 */
export function hmacVerifier(options: HmacVerifierOptions): WebhookVerifier {
  const { secrets, algorithm = 'sha256', encoding = 'hex' } = options;
  const { prefix = '' } = options;
  const header = options.header.toLowerCase();
  requireSecrets('hmacVerifier: secrets', secrets);
  return delivery => {
    const given = (delivery.headers[header] ?? '')
      .split(',', MAX_SIGNATURES)
      .map(signature => signature.trim())
      .filter(signature => signature.startsWith(prefix))
      .map(signature => signature.slice(prefix.length))
      .map(text => (encoding === 'hex' ? text.toLowerCase() : text));
    return matchesSecret({
      given,
      expected: secrets.map(secret =>
        createHmac(algorithm, secret).update(delivery.body).digest(encoding),
      ),
    });
  };
}
