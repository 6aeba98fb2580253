import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/**
 * A regular expression of the configuration.
 *
 * @throws InputError where it is none or holds none of the groups
 */
export function readRegex(
  item: Config,
  at: string,
  name: string,
  flags: string,
  /** Named groups of which it needs one. */
  oneOf: string[],
): RegExp {
  const source = item.getString(name);
  let pattern: RegExp;
  try {
    pattern = new RegExp(source, flags);
  } catch (error) {
    throw new InputError(
      `${at}: is not a regular expression (${(error as Error).message}).`,
    );
  }
  if (
    oneOf.length > 0 &&
    !oneOf.some(group => source.includes(`(?<${group}>`))
  ) {
    throw new InputError(
      `${at}: needs the named group ${oneOf
        .map(group => `(?<${group}>…)`)
        .join(' or ')}.`,
    );
  }
  return pattern;
}
