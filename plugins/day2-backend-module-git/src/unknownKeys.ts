import type { JsonObject } from '@backstage/types';

/** Keys that nobody reads, mostly written wrong. */
export function unknownKeys(
  item: JsonObject,
  known: string[],
  key: string,
): string[] {
  return Object.keys(item)
    .filter(name => !known.includes(name))
    .map(
      name =>
        `${key}.${name.slice(
          0,
          60,
        )} is not known and does nothing. Known are ${known.join(', ')}.`,
    );
}
