import { InputError } from '@backstage/errors';

/**
 * A regular expression of the configuration; undefined where none is given.
 *
 * @throws InputError that names the key
 *
 * @public
 */
export function readPattern(options: { value: string; key: string }): RegExp;
/** @public */
export function readPattern(options: {
  value: string | undefined;
  key: string;
}): RegExp | undefined;
export function readPattern(options: {
  value: string | undefined;
  key: string;
}): RegExp | undefined {
  const { value, key } = options;
  try {
    return value === undefined ? undefined : new RegExp(value);
  } catch (error) {
    throw new InputError(
      `${key}: is not a regular expression (${(error as Error).message}).`,
    );
  }
}
