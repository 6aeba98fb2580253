import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { day2Api } from './extensions/day2Api';
import { day2EntityCards, day2GroupCards } from './extensions/entityCards';
import { day2EntityContent } from './extensions/entityContent';
import {
  day2FleetPage,
  day2IncidentsPage,
  day2ObjectivesPage,
  day2Page,
  day2ScoreboardPage,
  day2ServicesPage,
  day2SourcesPage,
} from './extensions/pages';
import { entityContentRouteRef, rootRouteRef } from './routes';
import { Icon } from './ui/icons';

/**
 * Day 2 in the new frontend system.
 *
 * @public
 */
export const day2Plugin = createFrontendPlugin({
  pluginId: 'day2',
  title: 'Day 2',
  icon: <Icon name="day2" size={16} />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef, entityContent: entityContentRouteRef },
  extensions: [
    day2Api,
    day2EntityContent,
    ...day2EntityCards,
    ...day2GroupCards,
    day2Page,
    day2FleetPage,
    day2ScoreboardPage,
    day2ObjectivesPage,
    day2IncidentsPage,
    day2ServicesPage,
    day2SourcesPage,
  ],
});
