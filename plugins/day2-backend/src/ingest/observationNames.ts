import {
  resolveEnvironment,
  type EnvironmentRule,
} from '@day2/backstage-plugin-day2-common';
import { deterministicId } from '../database';

/** Where a deployment goes that no source names an environment for. */
export const UNKNOWN_ENVIRONMENT = 'unknown';

/** The name of the environment that a source's word stands for. */
export function environmentOf(
  word: string | undefined,
  rules: EnvironmentRule[],
): string | undefined {
  return word === undefined
    ? undefined
    : resolveEnvironment({ word, rules }).name.slice(0, 100);
}

/** The id of the change that an observation tells of. */
export function changeIdOf(source: string, key: string): string {
  return deterministicId('change', source, key);
}
