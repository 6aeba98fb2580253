import type { Operation } from '@day2/backstage-plugin-day2-common';
import { payments, type RouteRow } from './RouteRow';

const deployment = {
  service: 'component:default/payments-api',
  environment: 'vm',
  version: '1.0.0',
  finishedAt: '2026-11-01T00:00:00Z',
};

/** Of what was deployed and changed. */
export const deliveryRoutes = {
  listServiceDeployments: {
    path: `${payments}/deployments`,
    ...{ none: 401, other: 404, owner: 200, service: 200 },
  },
  listServiceChanges: {
    path: `${payments}/changes`,
    ...{ none: 401, other: 404, owner: 200, service: 200 },
  },
  getServiceDelivery: {
    path: `${payments}/delivery`,
    ...{ none: 401, other: 404, owner: 200, service: 200 },
  },
  getScoreboard: {
    path: '/scoreboard?trend=true',
    ...{ none: 401, other: 200, owner: 200, service: 200 },
  },
  listDeliveryRecords: {
    path: '/scoreboard/records?grouping=organisation&metric=changeFailRate',
    ...{ none: 401, other: 200, owner: 200, service: 200 },
  },
  getDeployment: {
    path: '/deployments/d-payments',
    ...{ none: 401, other: 404, owner: 200, service: 200 },
  },
  getChange: {
    path: '/changes/c-payments',
    ...{ none: 401, other: 404, owner: 200, service: 200 },
  },
  createDeployment: {
    path: '/deployments',
    body: deployment,
    headers: { 'idempotency-key': 'run-1' },
    ...{ none: 401, other: 404, owner: 202, service: 202 },
  },
  createEvent: {
    path: '/events',
    headers: { 'content-type': 'application/cloudevents+json' },
    body: {
      specversion: '1.0',
      id: 'e-1',
      source: '/ci',
      type: 'dev.cdevents.service.deployed.0.3.0',
      data: {
        context: { timestamp: '2026-11-01T01:00:00Z' },
        subject: {
          id: 'payments-api',
          content: {
            environment: { id: 'vm' },
            artifactId: 'pkg:oci/payments-api@1.1.0',
          },
        },
      },
    },
    ...{ none: 401, other: 404, owner: 202, service: 202 },
  },
} satisfies Partial<Record<Operation, RouteRow>>;
