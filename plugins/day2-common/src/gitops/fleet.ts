import { z } from 'zod';
import { Service } from '../services/service';
import { UnobservedPlaces } from './unobservedPlaces';

/** One of the five states of a service in the fleet. @public */
export const FleetState = z
  .object({
    state: z.enum(['ok', 'attention', 'bad', 'unknown', 'empty']),
    headline: z.string().describe('e.g. Synced, 2 pending, 14 changes'),
    detail: z.string().optional().describe('holds no instant: see `at`'),
    at: z.iso.datetime().optional(),
    why: z.string().optional().describe('where it is empty'),
    unobserved: z
      .array(UnobservedPlaces)
      .optional()
      .describe('of sync: what could not be read, by why'),
  })
  .meta({ id: 'FleetState' });
/** @public */
export type FleetState = z.infer<typeof FleetState>;

/** A service in one row. @public */
export const FleetRow = z
  .object({
    service: Service,
    version: z
      .string()
      .optional()
      .describe('of its latest deployment to production'),
    deployedAt: z.iso.datetime().optional(),
    sync: FleetState,
    objectives: FleetState,
    incidents: FleetState,
    changes: FleetState,
    cost: FleetState,
  })
  .meta({ id: 'FleetRow' });
/** @public */
export type FleetRow = z.infer<typeof FleetRow>;

/** What one may filter the fleet by, with how many services each has. @public */
export const FleetFacets = z
  .object({
    owners: z.array(z.object({ ref: z.string(), services: z.number().int() })),
    systems: z.array(z.object({ ref: z.string(), services: z.number().int() })),
    sync: z.array(
      z.object({
        state: FleetState.shape.state,
        services: z.number().int(),
      }),
    ),
    total: z.number().int(),
  })
  .meta({ id: 'FleetFacets' });
/** @public */
export type FleetFacets = z.infer<typeof FleetFacets>;
