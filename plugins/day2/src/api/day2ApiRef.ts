import { createApiRef } from '@backstage/frontend-plugin-api';
import type { Day2Api } from '@day2/backstage-plugin-day2-common';

/**
 * The client of Day 2's backend; override it to answer from elsewhere.
 *
 * @public
 */
export const day2ApiRef = createApiRef<Day2Api>().with({
  id: 'plugin.day2.client',
  pluginId: 'day2',
});
