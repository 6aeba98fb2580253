import { z } from 'zod';
import { ApplicationState, FleetFacets, FleetRow, FleetState } from '../gitops';
import { RunningVersion } from '../services/serviceSummary';
import { SourcesStanding } from '../sources';
import type { Route } from './route';
import { entityParams } from './entityParams';
import { pageOf, pageQuery } from './page';

const fleetFilters = {
  owner: z
    .string()
    .max(300)
    .optional()
    .describe('entity ref; members of nested groups too'),
  system: z.string().max(300).optional(),
  sync: FleetState.shape.state.optional(),
  text: z.string().max(100).optional(),
};

/** Desired against live: of a service, and of all. @public */
export const gitopsRoutes = {
  getServiceGitops: {
    method: 'get',
    path: '/services/:kind/:namespace/:name/gitops',
    summary:
      'Applications of a service as of now, production first, then by target and name',
    access: 'visible-service',
    principals: ['user', 'service'],
    params: entityParams,
    query: z.object({
      ...pageQuery,
      environment: z.string().max(100).optional(),
    }),
    response: pageOf(ApplicationState).extend({
      running: z
        .array(RunningVersion)
        .describe('versions across all environments, on every page'),
      sources: SourcesStanding.optional().describe(
        'those that tell of applications of the service',
      ),
    }),
  },
  listFleet: {
    method: 'get',
    path: '/fleet',
    summary: 'Every service the caller may see in one row, by name',
    access: 'visible-services',
    principals: ['user', 'service'],
    params: z.object({}),
    query: z.object({ ...pageQuery, ...fleetFilters }),
    response: pageOf(FleetRow).extend({
      facets: FleetFacets.describe('of all that the caller may see'),
      sources: SourcesStanding.optional(),
    }),
  },
} as const satisfies Record<string, Route>;
