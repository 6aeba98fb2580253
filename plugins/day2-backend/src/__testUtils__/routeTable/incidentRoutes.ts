import type { Operation } from '@day2/backstage-plugin-day2-common';
import { payments, type RouteRow } from './RouteRow';

/** Of objectives and incidents. */
export const incidentRoutes = {
  listServiceObjectives: {
    path: `${payments}/objectives`,
    ...{ none: 401, other: 404, owner: 200, service: 200 },
  },
  listObjectives: {
    path: '/objectives?state=unmeasured',
    ...{ none: 401, other: 200, owner: 200, service: 200 },
  },
  getObjective: {
    path: '/objectives/o-payments',
    ...{ none: 401, other: 404, owner: 200, service: 200 },
  },
  listServiceIncidents: {
    path: `${payments}/incidents`,
    ...{ none: 401, other: 404, owner: 200, service: 200 },
  },
  listIncidents: {
    path: '/incidents',
    ...{ none: 401, other: 200, owner: 200, service: 200 },
  },
  getIncident: {
    path: '/incidents/i-payments',
    ...{ none: 401, other: 404, owner: 200, service: 200 },
  },
  sayOfIncident: {
    path: '/incidents/i-payments/words',
    body: { field: 'priority', value: 2, why: 'only some customers' },
    ...{ none: 401, other: 404, owner: 200, service: 403 },
  },
  groupIncident: {
    path: '/incidents/i-payments/grouping',
    body: {
      kind: 'apart',
      references: [{ source: 'git:gitops', key: 'second' }],
    },
    ...{ none: 401, other: 404, owner: 200, service: 403 },
  },
  judgeSuspect: {
    path: '/incidents/i-payments/suspects',
    body: { candidate: 'none', verdict: 'confirmed' },
    ...{ none: 401, other: 404, owner: 200, service: 403 },
  },
  takeBackOfIncident: {
    path: '/incidents/i-payments/taken-back',
    body: { said: 'said-payments' },
    ...{ none: 401, other: 404, owner: 200, service: 403 },
  },
} satisfies Partial<Record<Operation, RouteRow>>;
