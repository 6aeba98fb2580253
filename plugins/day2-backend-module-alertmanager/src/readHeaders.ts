import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** Those that say what is sent, which is not the configuration's to say. */
const OURS = [
  'accept',
  'connection',
  'content-length',
  'content-type',
  'host',
  'transfer-encoding',
];

/**
 * What is sent with each request: the headers of an entry, and its credentials.
 *
 * @throws InputError in words, without a value
 */
export function readHeaders(options: {
  item: Config;
  key: string;
}): Record<string, string> {
  const { item, key } = options;
  const headers: Record<string, string> = {};
  const given = item.getOptionalConfig('headers');
  for (const name of given?.keys() ?? []) {
    const value = given!.getString(name);
    if (
      !/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/.test(name) ||
      OURS.includes(name.toLowerCase())
    ) {
      throw new InputError(`${key}.headers: '${name}' cannot be sent.`);
    }
    if (!/^[\x20-\x7e]{1,8000}$/.test(value)) {
      throw new InputError(
        `${key}.headers.${name}: is empty or holds a character that no header has.`,
      );
    }
    headers[name.toLowerCase()] = value;
  }
  const authorization = readAuthorization(options);
  if (authorization !== undefined && headers.authorization !== undefined) {
    throw new InputError(
      `${key}.headers: has Authorization beside a token or username; give one of them.`,
    );
  }
  return authorization === undefined ? headers : { ...headers, authorization };
}

function readAuthorization(options: {
  item: Config;
  key: string;
}): string | undefined {
  const { item, key } = options;
  const token = item.getOptionalString('token')?.trim();
  const username = item.getOptionalString('username');
  const password = item.getOptionalString('password');
  if ((username === undefined) !== (password === undefined)) {
    throw new InputError(
      `${key}: give username and password both, or a token.`,
    );
  }
  if (token !== undefined && username !== undefined) {
    throw new InputError(
      `${key}: has a token and a username; give one of them.`,
    );
  }
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    throw new InputError(
      `${key}.token: is empty, or holds a blank or another character that no token has.`,
    );
  }
  if (token !== undefined) {
    return `Bearer ${token}`;
  }
  return username === undefined
    ? undefined
    : `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
