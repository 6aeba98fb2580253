import { createRouteRef } from '@backstage/core-plugin-api';

/** Made with the legacy function: both frontend systems take such a ref. */
export const rootRouteRef = createRouteRef({ id: 'day2' });

/** The tab of an entity page. */
export const entityContentRouteRef = createRouteRef({
  id: 'day2:entity-content',
});
