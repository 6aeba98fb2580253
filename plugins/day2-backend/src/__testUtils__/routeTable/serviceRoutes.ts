import type { Operation } from '@day2/backstage-plugin-day2-common';
import { payments, type RouteRow } from './RouteRow';

/** Of services, and of all that there is. */
export const serviceRoutes = {
  listEnvironments: {
    path: '/environments',
    ...{ none: 401, other: 200, owner: 200, service: 200 },
  },
  listServices: {
    path: '/services',
    ...{ none: 401, other: 200, owner: 200, service: 200 },
  },
  getServiceSummary: {
    path: `${payments}/summary`,
    ...{ none: 401, other: 404, owner: 200, service: 200 },
  },
  listServiceTimeline: {
    path: `${payments}/timeline`,
    ...{ none: 401, other: 404, owner: 200, service: 200 },
  },
  getServiceGitops: {
    path: `${payments}/gitops`,
    ...{ none: 401, other: 404, owner: 200, service: 200 },
  },
  listFleet: {
    path: '/fleet',
    ...{ none: 401, other: 200, owner: 200, service: 200 },
  },
  getServiceMetrics: {
    path: `${payments}/metrics`,
    ...{ none: 401, other: 404, owner: 200, service: 200 },
  },
} satisfies Partial<Record<Operation, RouteRow>>;
