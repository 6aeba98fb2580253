import type { Operation } from '@day2/backstage-plugin-day2-common';
import { deliveryRoutes } from './deliveryRoutes';
import { incidentRoutes } from './incidentRoutes';
import type { RouteRow } from './RouteRow';
import { serviceRoutes } from './serviceRoutes';
import { sourceRoutes } from './sourceRoutes';

/** Every route of the contract, and what each caller is answered. */
export const routeTable: Record<Operation, RouteRow> = {
  ...serviceRoutes,
  ...deliveryRoutes,
  ...incidentRoutes,
  ...sourceRoutes,
};

export { payments, type RouteRow } from './RouteRow';
