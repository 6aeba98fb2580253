import { z } from 'zod';
import { Change } from '../changes';
import { CarriedCommit, Deployment } from '../deployments';
import { Environment } from '../environments';
import { Service, ServiceSummary } from '../services';
import { TimelineEntry, TimelineKind } from '../timeline';
import { deliveryRoutes } from './deliveryRoutes';
import { entityParams } from './entityParams';
import { gitopsRoutes } from './gitopsRoutes';
import { incidentRoutes } from './incidentRoutes';
import { Accepted, CdEventInput, DeploymentInput } from './inputs';
import { metricRoutes } from './metricRoutes';
import { objectiveRoutes } from './objectiveRoutes';
import { pageOf, pageQuery, rangeQuery } from './page';
import type { InputOf, Route } from './route';
import { sourceRoutes } from './sourceRoutes';

const idParams = z.object({ id: z.string().min(1).max(200) });
const none = z.object({});
const environment = z.string().max(100).optional();
const list = { ...pageQuery, ...rangeQuery, environment };
const reader: Route['principals'] = ['user', 'service'];

/**
 * The API below `/api/day2`, once: validation, typed client and OpenAPI
 * document are derived from it.
 *
 * @public
 */
export const contract = {
  ...gitopsRoutes,
  ...deliveryRoutes,
  ...objectiveRoutes,
  ...incidentRoutes,
  ...metricRoutes,
  ...sourceRoutes,
  listEnvironments: {
    method: 'get',
    path: '/environments',
    summary: 'The configured environments and their tiers',
    access: 'signed-in',
    principals: reader,
    params: none,
    query: none,
    response: z.object({
      items: z.array(Environment),
      asOf: z.iso
        .datetime()
        .describe('the configuration this portal runs with'),
    }),
  },
  listServices: {
    method: 'get',
    path: '/services',
    summary: 'Services the caller may see, by name',
    access: 'visible-services',
    principals: reader,
    params: none,
    query: z.object({
      ...pageQuery,
      owner: z.string().max(300).optional(),
      system: z.string().max(300).optional(),
      text: z.string().max(100).optional(),
    }),
    response: pageOf(Service),
  },
  getServiceSummary: {
    method: 'get',
    path: '/services/:kind/:namespace/:name/summary',
    summary: 'Header and tiles of a service’s page',
    access: 'visible-service',
    principals: reader,
    params: entityParams,
    query: z.object({ ...rangeQuery, environment }),
    response: ServiceSummary,
  },
  listServiceTimeline: {
    method: 'get',
    path: '/services/:kind/:namespace/:name/timeline',
    summary: 'What happened to a service, newest first',
    access: 'visible-service',
    principals: reader,
    params: entityParams,
    query: z.object({
      ...list,
      kinds: z
        .string()
        .max(200)
        .optional()
        .describe('comma list of timeline kinds')
        .refine(
          value =>
            !value ||
            value
              .split(',')
              .every(kind => TimelineKind.safeParse(kind).success),
          'unknown timeline kind',
        ),
      text: z.string().max(100).optional(),
    }),
    response: pageOf(TimelineEntry),
  },
  listServiceDeployments: {
    method: 'get',
    path: '/services/:kind/:namespace/:name/deployments',
    summary: 'Deployments of a service, newest first',
    access: 'visible-service',
    principals: reader,
    params: entityParams,
    query: z.object(list),
    response: pageOf(Deployment),
  },
  listServiceChanges: {
    method: 'get',
    path: '/services/:kind/:namespace/:name/changes',
    summary: 'Changes of a service, newest first',
    access: 'visible-service',
    principals: reader,
    params: entityParams,
    query: z.object({ ...list, text: z.string().max(100).optional() }),
    response: pageOf(Change),
  },
  getDeployment: {
    method: 'get',
    path: '/deployments/:id',
    summary: 'One deployment, with the commits it carried',
    access: 'visible-services',
    principals: reader,
    params: idParams,
    query: none,
    response: z.object({
      deployment: Deployment,
      commits: z.array(CarriedCommit),
      commitsCut: z.boolean().describe('there are more than the 500 listed'),
      asOf: z.iso.datetime().optional(),
    }),
  },
  getChange: {
    method: 'get',
    path: '/changes/:id',
    summary:
      'One change, with the fields it moved and the deployments that carried it',
    access: 'visible-services',
    principals: reader,
    params: idParams,
    query: none,
    response: z.object({
      change: Change,
      deployments: z.array(Deployment),
      asOf: z.iso.datetime().optional(),
    }),
  },
  createDeployment: {
    method: 'post',
    path: '/deployments',
    summary: 'Record a deployment that no GitOps reconciler makes',
    access: 'day2.deployment.create',
    principals: ['user', 'service'],
    params: none,
    query: none,
    body: DeploymentInput,
    idempotent: true,
    response: Accepted,
  },
  createEvent: {
    method: 'post',
    path: '/events',
    summary: 'Take a CDEvent of a service deployed, upgraded or rolled back',
    access: 'day2.event.create',
    principals: ['user', 'service'],
    params: none,
    query: none,
    body: CdEventInput,
    response: Accepted,
  },
} as const satisfies Record<string, Route>;

/** @public */
export type Contract = typeof contract;
/** @public */
export type Operation = keyof Contract;

/** What an operation takes. @public */
export type OperationInput<K extends Operation> = InputOf<Contract[K]> & {
  signal?: AbortSignal;
};
/** What an operation answers. @public */
export type OperationOutput<K extends Operation> = z.output<
  Contract[K]['response']
>;
