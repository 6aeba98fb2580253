import type { ReactElement } from 'react';
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { createDay2Api, day2ApiRef } from '../api';
import { entityContentRouteRef, rootRouteRef } from '../routes';

/** What is loaded later, by its own shape and not by the name of a component of ours. */
type Loaded = Promise<() => ReactElement>;

/**
 * Day 2 in the legacy frontend system.
 *
 * @public
 */
export const day2LegacyPlugin = createPlugin({
  id: 'day2',
  routes: { root: rootRouteRef, entityContent: entityContentRouteRef },
  apis: [
    createApiFactory({
      api: day2ApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: createDay2Api,
    }),
  ],
});

/**
 * The page *Day 2*, for a route of the app.
 *
 * @public
 */
export const Day2Page = day2LegacyPlugin.provide(
  createRoutableExtension({
    name: 'Day2Page',
    component: (): Loaded =>
      import('./Day2LegacyPage').then(({ Day2LegacyPage }) => Day2LegacyPage),
    mountPoint: rootRouteRef,
  }),
);

/**
 * The tab *Day 2*, for an `EntityLayout.Route` with the path `/day2`.
 *
 * @public
 */
export const EntityDay2Content = day2LegacyPlugin.provide(
  createRoutableExtension({
    name: 'EntityDay2Content',
    component: (): Loaded =>
      import('../services').then(({ EntityDay2Content: content }) => content),
    mountPoint: entityContentRouteRef,
  }),
);

/**
 * Card: the last deployments and changes.
 *
 * @public
 */
export const EntityWhatChangedCard = day2LegacyPlugin.provide(
  createComponentExtension({
    name: 'EntityWhatChangedCard',
    component: {
      lazy: (): Loaded =>
        import('../timeline').then(({ EntityWhatChangedCard: card }) => card),
    },
  }),
);

/**
 * Card: which version runs where.
 *
 * @public
 */
export const EntityRunningVersionsCard = day2LegacyPlugin.provide(
  createComponentExtension({
    name: 'EntityRunningVersionsCard',
    component: {
      lazy: (): Loaded =>
        import('../services').then(
          ({ EntityRunningVersionsCard: card }) => card,
        ),
    },
  }),
);

/**
 * Card: the delivery figures of a service.
 *
 * @public
 */
export const EntityDeliveryCard = day2LegacyPlugin.provide(
  createComponentExtension({
    name: 'EntityDeliveryCard',
    component: {
      lazy: (): Loaded =>
        import('../delivery').then(({ EntityDeliveryCard: card }) => card),
    },
  }),
);

/**
 * Card: whether what runs is what Git asks for.
 *
 * @public
 */
export const EntitySyncCard = day2LegacyPlugin.provide(
  createComponentExtension({
    name: 'EntitySyncCard',
    component: {
      lazy: (): Loaded =>
        import('../gitops').then(({ EntitySyncCard: card }) => card),
    },
  }),
);

/**
 * Card for a group's page: the delivery figures of its services.
 *
 * @public
 */
export const EntityGroupDeliveryCard = day2LegacyPlugin.provide(
  createComponentExtension({
    name: 'EntityGroupDeliveryCard',
    component: {
      lazy: (): Loaded =>
        import('../delivery').then(({ EntityGroupDeliveryCard: card }) => card),
    },
  }),
);

/**
 * Card: the objectives with the least budget left.
 *
 * @public
 */
export const EntityObjectivesCard = day2LegacyPlugin.provide(
  createComponentExtension({
    name: 'EntityObjectivesCard',
    component: {
      lazy: (): Loaded =>
        import('../objectives').then(({ EntityObjectivesCard: card }) => card),
    },
  }),
);

/**
 * Card: the latest incidents, and who is on call.
 *
 * @public
 */
export const EntityIncidentsCard = day2LegacyPlugin.provide(
  createComponentExtension({
    name: 'EntityIncidentsCard',
    component: {
      lazy: (): Loaded =>
        import('../incidents').then(({ EntityIncidentsCard: card }) => card),
    },
  }),
);
