import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { readToken } from './readToken';

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
 * What an entry sends with each request: its `headers`, and its credentials
 * (`token`, or `username` and `password`). Names are in lower case.
 *
 * @throws InputError in words, without a value
 *
 * @public
 */
export function readHeaders(options: {
  item: Config;
  key: string;
}): Record<string, string> {
  const { item, key } = options;
  const headers: Record<string, string> = {};
  const given = item.getOptionalConfig('headers');
  for (const name of given?.keys() ?? []) {
    headers[name.toLowerCase()] = given!.getString(name);
  }
  const authorization = readAuthorization(options);
  if (authorization !== undefined) {
    if (headers.authorization !== undefined) {
      throw new InputError(
        `${key}.headers: has Authorization beside a token or username; give one of them.`,
      );
    }
    headers.authorization = authorization;
  }
  return checkHeaders(headers, `${key}.headers`);
}

/**
 * @throws InputError where one of them could not be sent
 *
 * @public
 */
export function checkHeaders(
  headers: Record<string, string>,
  key: string,
): Record<string, string> {
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[a-z0-9!#$%&'*+.^_`|~-]{1,100}$/.test(name)) {
      throw new InputError(`${key}: '${name}' is no name of a header.`);
    }
    if (OURS.includes(name)) {
      throw new InputError(`${key}: ${name} cannot be set.`);
    }
    if (!/^[\x20-\x7e]{1,8000}$/.test(value)) {
      throw new InputError(
        `${key}.${name}: is empty or holds a character that no header has.`,
      );
    }
  }
  return headers;
}

function readAuthorization(options: {
  item: Config;
  key: string;
}): string | undefined {
  const { item, key } = options;
  const username = item.getOptionalString('username');
  const password = item.getOptionalString('password');
  if ((username === undefined) !== (password === undefined)) {
    throw new InputError(
      `${key}: give username and password both, or a token.`,
    );
  }
  const token = readToken({
    value: item.getOptionalString('token'),
    key: `${key}.token`,
  });
  if (token !== undefined && username !== undefined) {
    throw new InputError(
      `${key}: has a token and a username; give one of them.`,
    );
  }
  if (token !== undefined) {
    return `Bearer ${token}`;
  }
  return username === undefined
    ? undefined
    : `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
