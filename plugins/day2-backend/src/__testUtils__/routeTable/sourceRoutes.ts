import type { Operation } from '@day2/backstage-plugin-day2-common';
import type { RouteRow } from './RouteRow';

/** Of what is read, and told. */
export const sourceRoutes = {
  listSources: {
    path: '/sources',
    ...{ none: 401, other: 200, owner: 200, service: 403 },
  },
  listQuarantine: {
    // Its items are of any service, so that seeing sources is not enough.
    path: '/sources/git:gitops/quarantine',
    ...{ none: 401, other: 403, owner: 403, service: 403 },
  },
  controlSource: {
    path: '/sources/git:gitops/control',
    body: { action: 'run' },
    ...{ none: 401, other: 403, owner: 403, service: 403 },
  },
  controlEffect: {
    path: '/effects/notifications/control',
    body: { action: 'retry' },
    ...{ none: 401, other: 403, owner: 403, service: 403 },
  },
} satisfies Partial<Record<Operation, RouteRow>>;
