import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

/**
 * How often to look for something new, in seconds: `every`, a minute by default.
 *
 * @throws InputError where it is less than `least` seconds
 *
 * @public
 */
export function readEverySeconds(options: {
  item: Config;
  key: string;
  least: number;
}): number {
  const { item, key, least } = options;
  const seconds = item.has('every')
    ? durationToMilliseconds(readDurationFromConfig(item, { key: 'every' })) /
      1000
    : 60;
  if (seconds < least) {
    throw new InputError(`${key}.every: must be at least ${least} seconds.`);
  }
  return seconds;
}
