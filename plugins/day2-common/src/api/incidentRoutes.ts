import { z } from 'zod';
import {
  IncidentRecord,
  IncidentSaid,
  OnCall,
  SuspectRecord,
} from '../incidents';
import { Reason } from '../deployments';
import { SourcesStanding } from '../sources';
import { TimelineEntry } from '../timeline';
import type { Route } from './route';
import { entityParams } from './entityParams';
import { pageOf, pageQuery, rangeQuery } from './page';

const idParams = z.object({ id: z.string().min(1).max(200) });
const why = z.string().trim().min(1).max(1000).optional();
const instant = z.iso.datetime({ offset: true });
const level = z.enum(['high', 'medium', 'low']);
const filters = {
  ...pageQuery,
  ...rangeQuery,
  environment: z.string().max(100).optional(),
  state: z
    .enum(['open', 'mitigated', 'resolved', 'unresolved'])
    .optional()
    .describe('unresolved: open or mitigated, whatever the range'),
};
const done = z.object({
  done: z.string().describe('what it did, in a sentence'),
  incidentId: z.string().describe('that it is now'),
  splitOffId: z
    .string()
    .optional()
    .describe('of what was split off, an incident of its own'),
});

/** Incidents, what is suspected, and what people say of them. @public */
export const incidentRoutes = {
  listServiceIncidents: {
    method: 'get',
    path: '/services/:kind/:namespace/:name/incidents',
    summary:
      'Incidents of a service that were there in the range, newest first',
    access: 'visible-service',
    principals: ['user', 'service'],
    params: entityParams,
    query: z.object(filters),
    response: pageOf(IncidentRecord).extend({
      onCall: z.array(OnCall).describe('now, the first level first'),
      sources: SourcesStanding.optional().describe(
        'those that tell of incidents of the service',
      ),
    }),
  },
  listIncidents: {
    method: 'get',
    path: '/incidents',
    summary: 'Incidents of the services the caller may see, newest first',
    access: 'visible-services',
    principals: ['user', 'service'],
    params: z.object({}),
    query: z.object({
      ...filters,
      owner: z.string().max(300).optional(),
      system: z.string().max(300).optional(),
      priority: z.coerce.number().int().min(1).max(5).optional(),
      text: z.string().max(100).optional(),
      editable: z
        .enum(['true', 'false'])
        .optional()
        .describe('true: says which of them the caller may change'),
    }),
    response: pageOf(IncidentRecord).extend({
      editable: z
        .array(z.string())
        .optional()
        .describe('ids of those that the caller may change, where asked for'),
      facets: z
        .object({
          owners: z.array(z.string()),
          systems: z.array(z.string()),
          unresolved: z.number().int(),
        })
        .describe('of all that the caller may see'),
      sources: SourcesStanding.optional(),
    }),
  },
  getIncident: {
    method: 'get',
    path: '/incidents/:id',
    summary:
      'One incident with its suspects, what changed before it and what people said; the id may be one that it had before',
    access: 'visible-services',
    principals: ['user', 'service'],
    params: idParams,
    query: z.object({}),
    response: z.object({
      incident: IncidentRecord,
      suspects: z.array(SuspectRecord).describe('the likeliest first'),
      noChange: z.object({
        state: SuspectRecord.shape.state,
        probability: z.number(),
        reasons: z.array(Reason),
      }),
      fixes: z.array(
        z.object({
          id: z.string(),
          label: z.string(),
          reasons: z.array(Reason),
        }),
      ),
      hiddenSuspects: z
        .number()
        .int()
        .describe('of services that the caller may not see'),
      before: z
        .array(TimelineEntry)
        .describe(
          'what happened in the 24 hours before it, newest first; before these what was being rolled out when it began',
        ),
      onCall: z.array(OnCall),
      runbooks: z.array(z.string()),
      said: z.array(IncidentSaid).describe('newest first, 100 at most'),
      moreSaid: z.number().int().optional().describe('that is left out'),
      canEdit: z.boolean(),
      sources: SourcesStanding.optional().describe('those that tell of it'),
      asOf: z.iso.datetime().optional(),
    }),
  },
  sayOfIncident: {
    method: 'post',
    path: '/incidents/:id/words',
    summary:
      'Say what a field of an incident is; whoever owns one of its services may',
    access: 'day2.incident.update',
    principals: ['user'],
    params: idParams,
    query: z.object({}),
    body: z.discriminatedUnion('field', [
      z
        .object({
          field: z.enum([
            'impactStartedAt',
            'detectedAt',
            'acknowledgedAt',
            'mitigatedAt',
            'resolvedAt',
          ]),
          value: instant.optional().describe('absent: it has not happened'),
          why,
        })
        .strict(),
      z
        .object({ field: z.enum(['impact', 'urgency']), value: level, why })
        .strict(),
      z
        .object({
          field: z.literal('priority'),
          value: z.number().int().min(1).max(5),
          why,
        })
        .strict(),
      z
        .object({
          field: z.literal('title'),
          value: z.string().trim().min(1).max(300),
          why,
        })
        .strict(),
    ]),
    response: done,
  },
  groupIncident: {
    method: 'post',
    path: '/incidents/:id/grouping',
    summary:
      'Merge an incident with another, or split references off; owners of a service of each may',
    access: 'day2.incident.update',
    principals: ['user'],
    params: idParams,
    query: z.object({}),
    body: z.discriminatedUnion('kind', [
      z
        .object({
          kind: z.literal('together'),
          with: z.string().min(1).max(200).describe('id of the other'),
          why,
        })
        .strict(),
      z
        .object({
          kind: z.literal('apart'),
          references: z
            .array(
              z.object({
                source: z.string().min(1).max(200),
                key: z.string().min(1).max(500),
              }),
            )
            .min(1)
            .max(200)
            .describe('of this incident, to become another'),
          why,
        })
        .strict(),
    ]),
    response: done,
  },
  judgeSuspect: {
    method: 'post',
    path: '/incidents/:id/suspects',
    summary:
      'Confirm or reject a suspect; whoever owns one of its services may',
    access: 'day2.incident.update',
    principals: ['user'],
    params: idParams,
    query: z.object({}),
    body: z
      .object({
        candidate: z
          .string()
          .min(1)
          .max(200)
          .describe('id of the deployment or change; `none`: no change'),
        verdict: z.enum(['confirmed', 'rejected']),
        why,
      })
      .strict(),
    response: done,
  },
  takeBackOfIncident: {
    method: 'post',
    path: '/incidents/:id/taken-back',
    summary: 'Take back what was said of an incident; it stays on record',
    access: 'day2.incident.update',
    principals: ['user'],
    params: idParams,
    query: z.object({}),
    body: z
      .object({ said: z.string().min(1).max(200), why })
      .strict()
      .describe('`said`: id of what was said'),
    response: done,
  },
} as const satisfies Record<string, Route>;
