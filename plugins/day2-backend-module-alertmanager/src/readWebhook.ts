import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** What deliveries prove themselves with; any of several, while one is changed. */
export type WebhookCredentials =
  | { tokens: string[] }
  | { users: { username: string; password: string }[] };

/**
 * `webhook` of an entry.
 *
 * @throws InputError in words, without a value
 */
export function readWebhook(options: {
  item: Config;
  key: string;
}): WebhookCredentials | undefined {
  const { item, key } = options;
  const given = item.getOptionalConfig('webhook');
  if (!given) {
    return undefined;
  }
  const read = (name: string) => given.getOptionalString(name)?.trim();
  const tokens = [read('token'), read('formerToken')].flatMap(
    token => token ?? [],
  );
  const username = read('username');
  const passwords = [read('password'), read('formerPassword')].flatMap(
    password => password ?? [],
  );
  if (tokens.length > 0 && (username || passwords.length > 0)) {
    throw new InputError(
      `${key}.webhook: has a token and a password; give one of them.`,
    );
  }
  if (tokens.some(token => !/^[\x21-\x7e]+$/.test(token))) {
    throw new InputError(
      `${key}.webhook.token: is empty, or holds a blank or another character that no token has.`,
    );
  }
  if (tokens.length > 0) {
    return { tokens };
  }
  if (!username || username.includes(':') || passwords.length === 0) {
    throw new InputError(
      `${key}.webhook: give a token, or username (without a colon) and password; without webhook nothing is taken.`,
    );
  }
  if (passwords.includes('')) {
    throw new InputError(`${key}.webhook.password: is empty.`);
  }
  return { users: passwords.map(password => ({ username, password })) };
}
