import { z } from 'zod';
import {
  ObjectiveChart,
  ObjectiveRecord,
  ObjectiveStateWord,
} from '../objectives';
import { SourcesStanding } from '../sources';
import type { Route } from './route';
import { entityParams } from './entityParams';
import { pageOf, pageQuery, rangeQuery } from './page';

const idParams = z.object({ id: z.string().min(1).max(200) });

/** Service levels. @public */
export const objectiveRoutes = {
  listServiceObjectives: {
    method: 'get',
    path: '/services/:kind/:namespace/:name/objectives',
    summary: 'Objectives of a service, the least budget left first',
    access: 'visible-service',
    principals: ['user', 'service'],
    params: entityParams,
    query: z.object(pageQuery),
    response: pageOf(ObjectiveRecord).extend({
      sources: SourcesStanding.optional().describe(
        'those that measure the service or tell of its objectives',
      ),
    }),
  },
  listObjectives: {
    method: 'get',
    path: '/objectives',
    summary:
      'Objectives of the services the caller may see, the least budget left first; what has no figure comes last',
    access: 'visible-services',
    principals: ['user', 'service'],
    params: z.object({}),
    query: z.object({
      ...pageQuery,
      owner: z
        .string()
        .max(300)
        .optional()
        .describe('entity ref; members of nested groups too'),
      system: z.string().max(300).optional(),
      state: ObjectiveStateWord.optional(),
      text: z.string().max(100).optional(),
    }),
    response: pageOf(ObjectiveRecord).extend({
      facets: z
        .object({
          owners: z.array(z.string()),
          systems: z.array(z.string()),
          states: z.partialRecord(ObjectiveStateWord, z.number().int()),
          total: z.number().int(),
        })
        .describe('of all that the caller may see'),
      sources: SourcesStanding.optional(),
    }),
  },
  getObjective: {
    method: 'get',
    path: '/objectives/:id',
    summary: 'One objective, its budget over time and what spent it',
    access: 'visible-services',
    principals: ['user', 'service'],
    params: idParams,
    query: z.object({ ...rangeQuery }),
    response: z.object({
      objective: ObjectiveRecord,
      chart: ObjectiveChart.optional().describe(
        'absent where nothing is known',
      ),
      asOf: z.iso.datetime().optional(),
    }),
  },
} as const satisfies Record<string, Route>;
