import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { day2Api } from './extensions/day2Api';
import { day2EntityContent } from './extensions/entityContent';
import { entityContentRouteRef } from './routes';

/**
 * Day 2 in the new frontend system.
 *
 * @public
 */
export const day2Plugin = createFrontendPlugin({
  pluginId: 'day2',
  title: 'Day 2',
  info: { packageJson: () => import('../package.json') },
  routes: { entityContent: entityContentRouteRef },
  extensions: [day2Api, day2EntityContent],
});
