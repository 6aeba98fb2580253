import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { entityContentRouteRef } from '../routes';

/** The blueprint is still alpha upstream: this is the only file that uses it. */
export const day2EntityContent = EntityContentBlueprint.make({
  params: {
    path: '/day2',
    title: 'Day 2',
    group: 'operation',
    routeRef: entityContentRouteRef,
    filter: { kind: 'component' },
    loader: () =>
      import('../services').then(({ EntityDay2Content }) => (
        <EntityDay2Content />
      )),
  },
});
