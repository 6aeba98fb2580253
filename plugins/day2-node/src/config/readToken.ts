import { InputError } from '@backstage/errors';

/**
 * A token that fits a header, trimmed; undefined where none is given.
 *
 * @throws InputError in words, without the token
 *
 * @public
 */
export function readToken(options: {
  value: string | undefined;
  key: string;
}): string | undefined {
  const token = options.value?.trim();
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    throw new InputError(
      `${options.key}: is empty, or holds a blank or another character that no token has.`,
    );
  }
  return token;
}
