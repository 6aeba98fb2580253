import { z } from 'zod';
import { Environment } from '../environments';
import { Figure, WhyEmpty } from '../figures';
import { UnobservedPlaces } from '../gitops/unobservedPlaces';
import { OnCall } from '../incidents/incidentRecord';
import { SourcesStanding } from '../sources';
import { Service } from './service';
import { PartStanding, ServicePart } from './servicePart';

/**
 * One of the five tiles. `empty` is set where there is nothing to show, and
 * then says why and what to do.
 *
 * @public
 */
export const Tile = z
  .object({
    state: z.enum(['ok', 'attention', 'bad', 'unknown', 'empty']),
    headline: z.string().describe('e.g. 14 changes'),
    detail: z
      .string()
      .optional()
      .describe('e.g. last 3 h ago; holds no instant: see `at`'),
    at: z.iso
      .datetime()
      .optional()
      .describe('the instant that detail speaks of'),
    unobserved: z
      .array(UnobservedPlaces)
      .optional()
      .describe('of sync: what could not be read, by why'),
    figures: z.array(Figure),
    trend: z
      .array(z.object({ from: z.iso.datetime(), value: z.number() }))
      .optional()
      .describe(
        'one point a UTC day; a week from Monday where that would be over 400 points, and a month where weeks would',
      ),
    empty: WhyEmpty.optional(),
    asOf: z.iso.datetime().optional(),
  })
  .meta({ id: 'Tile' });
/** @public */
export type Tile = z.infer<typeof Tile>;

/** A version that runs somewhere now. @public */
export const RunningVersion = z
  .object({
    environment: z.string(),
    version: z.string(),
    since: z.iso.datetime(),
    deploymentId: z.string(),
    targets: z.array(
      z.object({
        name: z.string(),
        version: z.string(),
        since: z.iso.datetime(),
      }),
    ),
  })
  .meta({ id: 'RunningVersion' });
/** @public */
export type RunningVersion = z.infer<typeof RunningVersion>;

/**
 * Header and tiles of a service's page, in one call.
 *
 * @public
 */
export const ServiceSummary = z
  .object({
    service: Service,
    environment: z.string().describe('the one shown'),
    environments: z
      .array(Environment.extend({ hasData: z.boolean() }))
      .describe('configured ones, and any the data names'),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    asOf: z.iso
      .datetime()
      .optional()
      .describe(
        'the oldest last success of the sources that feed it; absent where none ever ran',
      ),
    sources: SourcesStanding.extend({
      titles: z
        .array(z.string())
        .optional()
        .describe('of those counted in `total`'),
      posted: z
        .boolean()
        .optional()
        .describe('fed by what is posted to the API as well, or alone'),
    }),
    parts: z
      .record(ServicePart, PartStanding)
      .describe('how the sources of each stand: a part is as stale as these'),
    header: z.object({
      runbook: z.string().optional(),
      support: z.array(z.object({ level: z.string(), ref: z.string() })),
      links: z.array(z.object({ title: z.string(), url: z.string() })),
      running: z.array(RunningVersion),
      onCall: z.array(OnCall).optional().describe('now, the first level first'),
      lastKnownGood: z
        .object({
          version: z.string(),
          deploymentId: z.string(),
          deployedAt: z.iso.datetime(),
        })
        .optional()
        .describe('the last version that was ok for 24 h'),
    }),
    tiles: z.object({
      sync: Tile,
      objectives: Tile,
      incidents: Tile,
      changes: Tile,
      cost: Tile,
    }),
  })
  .meta({ id: 'ServiceSummary' });
/** @public */
export type ServiceSummary = z.infer<typeof ServiceSummary>;
