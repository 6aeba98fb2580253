import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const STATES = ['page', 'ticket', 'exhausted'];

/** What is told. */
export interface NotificationsConfig {
  /** The least pressing priority that is told. */
  priority: number;
  /** States of objectives that are told. */
  objectives: string[];
}

/**
 * Reads `day2.notifications`.
 *
 * @throws InputError in words
 */
export function readNotificationsConfig(config: Config): NotificationsConfig {
  const own = config.getOptionalConfig('day2.notifications');
  const priority = own?.getOptionalNumber('priority') ?? 3;
  const objectives = own?.getOptionalStringArray('objectives') ?? [
    'page',
    'exhausted',
  ];
  if (!Number.isInteger(priority) || priority < 1 || priority > 5) {
    throw new InputError(
      `day2.notifications.priority in app-config is ${priority}; it is 1 (most pressing) to 5`,
    );
  }
  const other = objectives.find(state => !STATES.includes(state));
  if (other !== undefined) {
    throw new InputError(
      `day2.notifications.objectives in app-config names ${other}; it may name ${STATES.join(
        ', ',
      )}`,
    );
  }
  return { priority, objectives };
}
